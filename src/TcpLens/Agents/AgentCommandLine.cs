namespace TcpLens.Agents;

/// <summary>Reads an agent's command line: <c>-c FILE</c>, <c>-cFILE</c>, <c>--config FILE</c>, <c>--config=FILE</c>, and with one dash as Go allows it.</summary>
internal static class AgentCommandLine
{
    /// <summary>The configuration file that was asked for; <see langword="null"/> when none was.</summary>
    public static string? Configuration(IReadOnlyList<string> words)
    {
        for (int i = 1; i < words.Count; i++)
        {
            string word = words[i];
            if (word is "-c" or "--config" or "-config")
                return i + 1 < words.Count ? words[i + 1] : null;
            string option = word.TrimStart('-');
            if (word.StartsWith('-') && (option.StartsWith("config=", StringComparison.Ordinal) || option.StartsWith("c=", StringComparison.Ordinal)))
                return option[(option.IndexOf('=', StringComparison.Ordinal) + 1)..];
            if (word.StartsWith("-c", StringComparison.Ordinal) && !word.StartsWith("-config", StringComparison.Ordinal))
                return word[2..];
        }

        return null;
    }
}
