namespace TcpLens.Zabbix.Buffer;

/// <summary>How a lane stands.</summary>
public sealed record LaneStatus
{
    public required string Name { get; init; }

    /// <summary>Values that wait.</summary>
    public required long Waiting { get; init; }

    public required long WaitingBytes { get; init; }

    /// <summary>Of these, values that are in memory alone and do not survive the process.</summary>
    public required long InMemory { get; init; }

    /// <summary>Values that were never sent because the buffer was full, since the file was made.</summary>
    public required long Dropped { get; init; }

    /// <summary>When the oldest one that waits was collected; <see langword="null"/> when none waits.</summary>
    public required DateTimeOffset? Oldest { get; init; }
}
