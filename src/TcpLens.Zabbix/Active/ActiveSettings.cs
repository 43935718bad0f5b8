using TcpLens.Zabbix.Sender;

namespace TcpLens.Zabbix.Active;

/// <summary>Who we are for the servers that tell us what to collect.</summary>
/// <param name="Host">Technical name of the host on the server (<c>Hostname</c>).</param>
/// <param name="Servers">One server or cluster (<c>ServerActive</c>); each needs an agent of its own.</param>
public sealed record ActiveSettings(string Host, ServerCluster Servers)
{
    /// <summary>By which the server registers an unknown host (<c>HostMetadata</c>).</summary>
    public string? HostMetadata { get; init; }

    /// <summary>The address of the interface that the server makes for a host that it registers (<c>HostInterface</c>).</summary>
    public string? HostInterface { get; init; }

    /// <summary>Where passive checks are answered (<c>ListenIP</c>), for the same interface; <see langword="null"/> = the address we come from.</summary>
    public string? ListenAddress { get; init; }

    /// <summary>The port of it (<c>ListenPort</c>).</summary>
    public int ListenPort { get; init; } = 10050;

    /// <summary>
    /// The version of the protocol that we say we speak. Servers of 6.0 take a newer one and answer as ever; those of 7.0 send revisions and
    /// redirects only to agents of their own age.
    /// </summary>
    public string Version { get; init; } = "7.0.0";

    /// <summary>How often to ask for the list (<c>RefreshActiveChecks</c>); <see langword="null"/> = 5 s where the server sends news alone, 120 s where it sends all.</summary>
    public TimeSpan? Refresh { get; init; }

    /// <summary>How often to say that we live, to servers that want to know (<c>HeartbeatFrequency</c>); zero = never.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long an item may take when the server does not say (<c>Timeout</c>).</summary>
    public TimeSpan ItemTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// How long to go on collecting when the server answers that it has no such host: a proxy that was just started does not know its hosts yet,
    /// and some ask for them once an hour.
    /// </summary>
    public TimeSpan KeepCollecting { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Where the hours and days of intervals are meant.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Local;

    public DeliverySettings Delivery { get; init; } = new();

    /// <summary>Its lane in the buffer: values wait for this host on this server.</summary>
    public string LaneName => $"active {Host} {Servers}";
}
