using System.Collections.Immutable;

namespace TcpLens.Zabbix.Sender;

/// <summary>One server, or the nodes of one high-availability cluster, of which a single one is awake at a time.</summary>
public sealed record ServerCluster(ImmutableArray<ZabbixAddress> Nodes)
{
    /// <summary>Addresses in one list. Every cluster has connections and a lane of its own.</summary>
    public const int AddressesMaximum = 64;

    /// <summary>
    /// Reads a list as <c>ServerActive</c> writes it: "," parts servers that know nothing of each other and all get everything, ";" parts the
    /// nodes of one cluster.
    /// </summary>
    /// <param name="text">The list.</param>
    /// <param name="clusters">What was read.</param>
    /// <param name="fault">What is wrong, in English; <see langword="null"/> when nothing is.</param>
    public static bool TryParseList(string text, out ImmutableArray<ServerCluster> clusters, out string? fault)
    {
        var found = ImmutableArray.CreateBuilder<ServerCluster>();
        var all = new HashSet<ZabbixAddress>();
        clusters = [];
        foreach (string part in text.Split(',', AddressesMaximum + 1))
        {
            var nodes = ImmutableArray.CreateBuilder<ZabbixAddress>();
            foreach (string node in part.Split(';', AddressesMaximum + 1))
            {
                if (!ZabbixAddress.TryParse(node, out var address))
                {
                    fault = $"\"{node.Trim()}\" is no address of a server: name, name:port, [IPv6]:port";
                    return false;
                }

                if (!all.Add(address))
                {
                    fault = $"{address} stands in the list twice: each value would be stored twice";
                    return false;
                }

                if (all.Count > AddressesMaximum)
                {
                    fault = $"more than {AddressesMaximum} addresses";
                    return false;
                }

                nodes.Add(address);
            }

            found.Add(new ServerCluster(nodes.ToImmutable()));
        }

        fault = null;
        clusters = found.ToImmutable();
        return true;
    }

    public bool Equals(ServerCluster? other) => other is not null && Nodes.AsSpan().SequenceEqual(other.Nodes.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Nodes.Length, Nodes.IsEmpty ? default : Nodes[0]);

    public override string ToString() => string.Join(';', Nodes);
}
