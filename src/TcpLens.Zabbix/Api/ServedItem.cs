namespace TcpLens.Zabbix.Api;

/// <summary>An item or a discovery rule of a host as the server sees it.</summary>
public sealed record ServedItem
{
    public required string Key { get; init; }

    public required bool IsEnabled { get; init; }

    public required bool IsSupported { get; init; }

    /// <summary>Why it is not supported, in the server's words; else empty.</summary>
    public required string Error { get; init; }

    /// <summary>How often it is asked for, as it is configured: "1m", "{$MACRO}"; "0" for one that is a part of another.</summary>
    public required string Delay { get; init; }

    /// <summary>Whether its values are kept; only then is the time of the last one known.</summary>
    public required bool KeepsHistory { get; init; }

    /// <summary>The time of its last value within the last day; <see langword="null"/> when there is none.</summary>
    public required DateTimeOffset? LastValue { get; init; }
}
