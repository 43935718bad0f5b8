namespace TcpLens.Configuration;

/// <summary>The history on disk: section <c>[history]</c>.</summary>
internal sealed record HistorySettings
{
    public bool Enabled { get; init; } = true;

    public string File { get; init; } = "/var/lib/tcplens/history.db";

    /// <summary>How long points of one second are kept.</summary>
    public TimeSpan KeepSeconds { get; init; } = TimeSpan.FromHours(6);

    /// <summary>How long points of one minute are kept.</summary>
    public TimeSpan KeepMinutes { get; init; } = TimeSpan.FromDays(35);

    /// <summary>How long points of one hour are kept.</summary>
    public TimeSpan KeepHours { get; init; } = TimeSpan.FromDays(3 * 365);

    /// <summary>The largest the file may become, in bytes.</summary>
    public long SizeMaximum { get; init; } = 256 << 20;
}
