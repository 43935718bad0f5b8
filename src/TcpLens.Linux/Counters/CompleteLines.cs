namespace TcpLens.Linux.Counters;

/// <summary>
/// Goes through the lines of a file of /proc that begin with one label. A last line without its end is passed over: it was cut, and half
/// a number is a wrong number.
/// </summary>
internal ref struct CompleteLines(ReadOnlySpan<byte> text, ReadOnlySpan<byte> label)
{
    private readonly ReadOnlySpan<byte> _label = label;
    private ReadOnlySpan<byte> _rest = text;

    /// <summary>What follows the label in the next line that has it, or <see langword="false"/> when there is none.</summary>
    public bool TryNext(out ReadOnlySpan<byte> line)
    {
        int end;
        while ((end = _rest.IndexOf((byte)'\n')) >= 0)
        {
            line = _rest[..end];
            _rest = _rest[(end + 1)..];
            if (!line.StartsWith(_label))
                continue;
            line = line[_label.Length..];
            return true;
        }

        line = default;
        return false;
    }
}
