using System.Collections.Immutable;
using TcpLens.Core.Model;
using TcpLens.Core.Owners;

namespace TcpLens.Outputs.Prometheus;

/// <summary>
/// Who holds the sockets: the largest services by name, the others and the unknown as one each. Processes are not told apart: their numbers would make new
/// series with every restart.
/// </summary>
internal static class OwnerExposition
{
    public static void Append(ExpositionText text, OwnerCensus owners)
    {
        text.Begin("tcplens_owner_sockets", "gauge", $"Sockets by who holds them and state: the {OwnerCensus.ServicesMaximum} services with the most, the others together, and those without owner.");
        foreach (var one in owners.Largest)
            Append(text, one.Owner.Service, one.Owner.Kind, one.Netns, one.ByState);
        Append(text, "", "other", "", owners.Others);
        Append(text, "", "unknown", "", owners.Unknown);
        text.Begin("tcplens_oldest_seconds", "gauge", "How long the oldest socket has been in its state, at least: since it was first seen in it.");
        foreach (var info in TcpStates.All)
            text.Sample(owners.OldestSeconds(info.State), ("state", info.Name));
    }

    private static void Append(ExpositionText text, string owner, string kind, string netns, ImmutableArray<int> byState)
    {
        foreach (var info in TcpStates.All)
        {
            if (byState[(int)info.State] is > 0 and var count)
                text.Sample(count, ("owner", owner), ("kind", kind), ("netns", netns), ("state", info.Name));
        }
    }
}
