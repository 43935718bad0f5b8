using System.Text;

namespace TcpLens.Core.Owners;

/// <summary>
/// Makes a command line fit for eyes other than its owner's: passwords, keys and tokens that were given as arguments become <see cref="Mask"/>.
/// What has another form than the usual ones (<c>--password X</c>, <c>--password=X</c>, <c>PASSWORD=X</c>, <c>scheme://user:X@host</c>) is not recognized.
/// </summary>
public static class SecretArguments
{
    /// <summary>What stands where the secret stood.</summary>
    public const string Mask = "***";

    // The last word of an option's or a variable's name. A name that goes on, such as --password-file, is about something else.
    private static readonly string[] s_names =
        ["pass", "password", "passwd", "passphrase", "pwd", "secret", "token", "apikey", "accesskey", "secretkey", "privatekey", "credential", "credentials"];

    /// <summary>The words of a command line, a space between each, without the secrets in them.</summary>
    public static string Join(IEnumerable<string> words)
    {
        var line = new StringBuilder();
        bool isSecret = false;
        foreach (string word in words)
        {
            if (line.Length > 0)
                line.Append(' ');
            bool isOption = word.StartsWith('-');
            line.Append(isSecret && !isOption ? Mask : WithoutPasswordOfUser(WithoutValues(word, isOption)));
            isSecret = isOption && !word.Contains('=', StringComparison.Ordinal) && IsSecret(word);
        }

        return line.ToString();
    }

    // One word may hold several: host=db password=x, or the end of an address, ?user=a&password=x. An option's value is all that follows.
    private static string WithoutValues(string word, bool isOption)
    {
        for (int equals = word.IndexOf('='); equals >= 0 && equals + 1 < word.Length; equals = word.IndexOf('=', equals + 1))
        {
            if (!IsSecret(word.AsSpan(0, equals)))
                continue;
            int end = isOption ? -1 : word.AsSpan(equals).IndexOfAny(" &;");
            string rest = end < 0 ? "" : word[(equals + end)..];
            word = word[..(equals + 1)] + Mask + rest;
        }

        return word;
    }

    private static string WithoutPasswordOfUser(string word)
    {
        const string Scheme = "://";
        int start = word.IndexOf(Scheme, StringComparison.Ordinal);
        if (start < 0)
            return word;
        start += Scheme.Length;
        int length = word.AsSpan(start).IndexOf('/');
        string authority = length < 0 ? word[start..] : word.Substring(start, length);
        int at = authority.LastIndexOf('@'), colon = authority.IndexOf(':', StringComparison.Ordinal);
        return colon >= 0 && colon < at ? string.Concat(word.AsSpan(0, start + colon + 1), Mask, word.AsSpan(start + at)) : word;
    }

    // --db.api-key and DB_APIKEY both end in apikey.
    private static bool IsSecret(ReadOnlySpan<char> upToName)
    {
        Span<char> letters = stackalloc char[16];
        int first = letters.Length;
        for (int i = upToName.Length - 1; i >= 0 && first > 0; i--)
        {
            if (char.IsAsciiLetter(upToName[i]))
                letters[--first] = char.ToLowerInvariant(upToName[i]);
            else if (upToName[i] is not ('-' or '_'))
                break;
        }

        foreach (string name in s_names)
        {
            if (letters[first..].EndsWith(name, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
