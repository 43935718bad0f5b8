using System.Collections.Immutable;
using System.Net;
using TcpLens.Zabbix.Transport;

namespace TcpLens.Zabbix.Passive;

/// <summary>How a <see cref="PassiveAgent"/> listens and answers.</summary>
/// <param name="Listen">Where; port 0 takes a free one. <c>[::]</c> also takes IPv4, unless an IPv4 address with the same port is listed.</param>
/// <param name="Allow">Who may ask.</param>
/// <param name="Version">The version of Zabbix that answers in JSON name, as <c>7.0.0</c>: servers choose by it what they ask for.</param>
public sealed record PassiveAgentSettings(ImmutableArray<IPEndPoint> Listen, AllowList Allow, string Version)
{
    /// <summary>How connections are protected.</summary>
    public IServerSecurity Security { get; init; } = PlainTransport.Instance;

    /// <summary>1: answers call themselves the classic agent; 2: agent 2.</summary>
    public int Variant { get; init; } = 1;

    /// <summary>How long an item may take when the request does not say; the agent's parameter of that name.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long handshake and request may take, and again the taking of the answer. A third of it while more than half of the connections are in use.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Connections at once over all addresses; whoever comes then waits. A connection costs about 10 KB besides the item's own work.</summary>
    public int ConnectionsMaximum { get; init; } = 256;
}
