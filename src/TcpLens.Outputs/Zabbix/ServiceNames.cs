namespace TcpLens.Outputs.Zabbix;

/// <summary>
/// Names of TCP services in the text of <c>/etc/services</c> (services(5)): <c>name port/protocol aliases # comment</c>. Names are case-sensitive,
/// the first line that has one wins.
/// </summary>
public static class ServiceNames
{
    /// <summary>The port of a service; <see langword="null"/> where no line gives one for TCP.</summary>
    public static ushort? Find(string text, string name)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var entry = line;
            int comment = entry.IndexOf('#');
            if (comment >= 0)
                entry = entry[..comment];
            if (TryTakeWord(ref entry, out var official) && TryTakeWord(ref entry, out var port) && port.EndsWith("/tcp", StringComparison.Ordinal)
                && ushort.TryParse(port[..^4], System.Globalization.NumberStyles.None, null, out ushort number)
                && (official.SequenceEqual(name) || HasWord(entry, name)))
            {
                return number;
            }
        }

        return null;
    }

    private static bool HasWord(ReadOnlySpan<char> entry, string name)
    {
        while (TryTakeWord(ref entry, out var word))
        {
            if (word.SequenceEqual(name))
                return true;
        }

        return false;
    }

    private static bool TryTakeWord(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> word)
    {
        rest = rest.TrimStart(" \t");
        int length = rest.IndexOfAny(' ', '\t');
        word = length < 0 ? rest : rest[..length];
        rest = rest[word.Length..];
        return !word.IsEmpty;
    }
}
