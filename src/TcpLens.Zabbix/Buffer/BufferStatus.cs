using System.Collections.Immutable;

namespace TcpLens.Zabbix.Buffer;

/// <summary>How the buffer stands.</summary>
public sealed record BufferStatus
{
    public required string Path { get; init; }

    /// <summary>What is wrong with the file, and what to do; <see langword="null"/> when nothing is. Until then values wait in memory.</summary>
    public required string? Trouble { get; init; }

    /// <summary>Every lane that is used, and those of former settings in which values still wait.</summary>
    public required ImmutableArray<LaneStatus> Lanes { get; init; }
}
