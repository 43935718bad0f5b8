using System.Collections.Immutable;
using TcpLens.Items;
using TcpLens.Zabbix.Active;
using TcpLens.Zabbix.Buffer;
using TcpLens.Zabbix.Passive;
using TcpLens.Zabbix.Sender;
using TcpLens.Zabbix.Transport;

namespace TcpLens.Serving;

/// <summary>The part that the settings give to TcpLens in a Zabbix network.</summary>
/// <param name="Identity">What it says of itself.</param>
/// <param name="Passive">How it answers; <see langword="null"/>: not at all.</param>
/// <param name="Active">The servers for which it makes active checks.</param>
/// <param name="Push">The servers to which it sends unasked.</param>
/// <param name="Buffer">Where values wait.</param>
/// <param name="ClientSecurity">How connections to servers are protected.</param>
internal sealed record ZabbixPlan(
    AgentIdentity Identity, PassiveAgentSettings? Passive, ImmutableArray<ActiveSettings> Active, ImmutableArray<PusherSettings> Push, BufferSettings Buffer, IClientSecurity ClientSecurity)
{
    public bool IsEmpty => Passive is null && !Sends;

    /// <summary>Whether values are sent, so that they have to wait somewhere.</summary>
    public bool Sends => Active.Length + Push.Length > 0;
}
