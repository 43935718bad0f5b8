namespace TcpLens.Core.Filtering;

/// <summary>Names with <c>*</c> for any characters and <c>?</c> for one; upper and lower case are the same.</summary>
internal static class NamePattern
{
    /// <summary>Characters that end a word of a filter, or an alternative in it: a pattern writes <c>?</c> for them.</summary>
    private const string Separators = " \t\n\r,，、*";

    /// <summary>Whether the whole name fits. Goes back to the last star alone: the time is at most the product of both lengths.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        int at = 0, next = 0, star = -1, resume = 0;
        while (at < name.Length)
        {
            if (next < pattern.Length && pattern[next] == '*')
                (star, resume) = (next++, at);
            else if (next < pattern.Length && (pattern[next] == '?' || char.ToUpperInvariant(pattern[next]) == char.ToUpperInvariant(name[at])))
                (next, at) = (next + 1, at + 1);
            else if (star >= 0)
                (next, at) = (star + 1, ++resume);
            else
                return false;
        }

        return pattern[next..].IndexOfAnyExcept('*') < 0;
    }

    /// <summary>A pattern that fits the name and may stand in a filter.</summary>
    public static string Of(string name) =>
        string.Create(name.Length, name, (room, text) =>
        {
            for (int i = 0; i < text.Length; i++)
                room[i] = Separators.Contains(text[i], StringComparison.Ordinal) || char.IsWhiteSpace(text[i]) ? '?' : text[i];
        });
}
