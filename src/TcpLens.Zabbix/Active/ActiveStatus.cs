using TcpLens.Zabbix.Sender;

namespace TcpLens.Zabbix.Active;

/// <summary>How the active checks for one server or cluster fare.</summary>
public sealed record ActiveStatus
{
    /// <summary>What waits and what was sent.</summary>
    public required DeliveryStatus Delivery { get; init; }

    /// <summary>Items that are collected.</summary>
    public required int Items { get; init; }

    /// <summary>When the server last said what to collect, also when nothing had changed.</summary>
    public required DateTimeOffset? LastList { get; init; }

    /// <summary>Why it does not say so now; <see langword="null"/> when it does.</summary>
    public required string? ListTrouble { get; init; }

    /// <summary>Whether the server sends news alone (6.4 and newer).</summary>
    public required bool IsIncremental { get; init; }
}
