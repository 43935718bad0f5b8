namespace TcpLens.Outputs.History;

/// <summary>Where the history lies, how long each resolution is kept, and how large the whole may become.</summary>
/// <param name="Path">The database file. Its directory is made when only that is missing.</param>
public sealed record HistorySettings(string Path)
{
    /// <summary>Where the resident monitor keeps it unless told otherwise.</summary>
    public const string DefaultPath = "/var/lib/tcplens/history.db";

    /// <summary>Below it there is no room for the journal and a few hours.</summary>
    public const long SmallestSize = 4L << 20;

    /// <summary>How long every sample is kept.</summary>
    public TimeSpan KeepSeconds { get; init; } = TimeSpan.FromHours(6);

    /// <summary>How long minimum, average and maximum of every minute are kept.</summary>
    public TimeSpan KeepMinutes { get; init; } = TimeSpan.FromDays(35);

    /// <summary>How long minimum, average and maximum of every hour are kept.</summary>
    public TimeSpan KeepHours { get; init; } = TimeSpan.FromDays(3 * 365);

    /// <summary>Bytes of the file and its journal together. When it is full, the oldest of the finest goes first. At least <see cref="SmallestSize"/>.</summary>
    public long SizeMaximum { get; init; } = 256L << 20;

    /// <summary>How long to wait before a file that made trouble is tried again.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(10);
}
