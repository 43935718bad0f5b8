namespace TcpLens.Linux.Counters;

/// <summary>Goes through the words of a line of /proc, one after the other: parted by blanks or tabs, never empty.</summary>
internal ref struct Words(ReadOnlySpan<byte> line)
{
    private ReadOnlySpan<byte> _rest = line;

    /// <summary>The next word, or <see langword="false"/> at the end of the line.</summary>
    public bool TryNext(out ReadOnlySpan<byte> word)
    {
        int start = _rest.IndexOfAnyExcept(" \t\r\n"u8);
        if (start < 0)
        {
            word = _rest = default;
            return false;
        }

        var tail = _rest[start..];
        int end = tail.IndexOfAny(" \t\r\n"u8);
        word = end < 0 ? tail : tail[..end];
        _rest = tail[word.Length..];
        return true;
    }
}
