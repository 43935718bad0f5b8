using TcpLens.Zabbix.Buffer;

namespace TcpLens.Zabbix.Sender;

/// <summary>How the delivery of a lane fares.</summary>
public sealed record DeliveryStatus
{
    /// <summary>What waits, and what the limit of the buffer has dropped.</summary>
    public required LaneStatus Lane { get; init; }

    /// <summary>Where values go now.</summary>
    public required ZabbixAddress Address { get; init; }

    /// <summary>Values that the peer took, since the start.</summary>
    public required long Sent { get; init; }

    /// <summary>Values that the peer got and did not take, since the start: unknown or disabled host or item, wrong type. They are not sent again.</summary>
    public required long Refused { get; init; }

    /// <summary>Values that the peer did not take when they were possibly sent a second time, since the start: most likely it had them.</summary>
    public required long Repeated { get; init; }

    /// <summary>When the peer last took something.</summary>
    public required DateTimeOffset? LastSuccess { get; init; }

    /// <summary>Why nothing can be sent now; <see langword="null"/> when nothing is in the way.</summary>
    public required string? Trouble { get; init; }

    /// <summary>The last thing that was in the way, also when it is over.</summary>
    public required string? LastTrouble { get; init; }

    public required DateTimeOffset? LastTroubleAt { get; init; }
}
