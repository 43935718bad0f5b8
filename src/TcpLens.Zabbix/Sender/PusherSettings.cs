using System.Collections.Immutable;

namespace TcpLens.Zabbix.Sender;

/// <summary>What is pushed to trapper items, how often and where.</summary>
/// <param name="Host">Technical name of the host on the server.</param>
/// <param name="Servers">Server or proxy.</param>
/// <param name="Keys">The items.</param>
/// <param name="Interval">How often, at whole multiples of it since 1970; at least a second.</param>
public sealed record PusherSettings(string Host, ServerCluster Servers, ImmutableArray<string> Keys, TimeSpan Interval)
{
    public DeliverySettings Delivery { get; init; } = new() { Gathering = TimeSpan.Zero };

    /// <summary>Its lane in the buffer: values wait for this host on this server.</summary>
    public string LaneName => $"trapper {Host} {Servers}";
}
