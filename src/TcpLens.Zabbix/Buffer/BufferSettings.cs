namespace TcpLens.Zabbix.Buffer;

/// <summary>Where values wait, and how many may.</summary>
/// <param name="Path">The file. Its directory is made when only that is missing.</param>
public sealed record BufferSettings(string Path)
{
    /// <summary>Bytes of waiting values, all lanes together. The file may become about a third larger.</summary>
    public long BytesMaximum { get; init; } = 64L << 20;

    /// <summary>Waiting values, all lanes together: eleven items every ten seconds for more than ten days.</summary>
    public long ValuesMaximum { get; init; } = 1_000_000;

    /// <summary>Values that wait in memory while the file cannot be written, all lanes together.</summary>
    public int MemoryValuesMaximum { get; init; } = 10_000;

    /// <summary>Bytes of them.</summary>
    public long MemoryBytesMaximum { get; init; } = 8L << 20;

    /// <summary>How long to wait before a file that made trouble is tried again.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(10);
}
