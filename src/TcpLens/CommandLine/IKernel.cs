using TcpLens.Core.Diagnosis;
using TcpLens.Core.Model;
using TcpLens.Core.Owners;
using TcpLens.Core.Readings;
using TcpLens.Core.Sources;
using TcpLens.Linux.Owners;
using TcpLens.Linux.Reading;

namespace TcpLens.CommandLine;

/// <summary>What the commands ask of the system below.</summary>
internal interface IKernel
{
    /// <summary>Counts the states of the caller's namespace, of a named one, or of <c>all</c>.</summary>
    /// <param name="netns"></param>
    /// <param name="source"></param>
    /// <param name="countOthers">Whether to look how many other namespaces the host has: a walk over all processes.</param>
    HostReading Read(string? netns, SourceChoice source, bool countOthers = false);

    /// <summary>Streams the sockets of the same namespaces; each has a sink of its own. The passes' shortcomings are returned.</summary>
    /// <param name="netns">As in <see cref="Read"/>.</param>
    /// <param name="among">Chooses among all namespaces by name and inode, instead of <paramref name="netns"/>.</param>
    /// <param name="source">The source to read.</param>
    /// <param name="states">The states to ask for.</param>
    /// <param name="sinkOf">Gives the sink of the namespace with that name.</param>
    IReadOnlyList<NamespacePass> Stream(string? netns, Func<string?, ulong, bool>? among, SourceChoice source, StateMask states, Func<string, ISocketSink> sinkOf);

    /// <summary>Streams the same with their owners, for whom all sockets and what processes hold of them are looked at first.</summary>
    /// <param name="netns">As in <see cref="Read"/>.</param>
    /// <param name="among">As in <see cref="Stream"/>.</param>
    /// <param name="source">The source to read.</param>
    /// <param name="states">The states to ask for.</param>
    /// <param name="sinkOf">Gives the sink of the namespace with that name, which may ask for owners.</param>
    OwnedPasses StreamOwned(string? netns, Func<string?, ulong, bool>? among, SourceChoice source, StateMask states, Func<string, IOwnerLookup, ISocketSink> sinkOf);

    /// <summary>Counts who holds which sockets of the caller's own namespace, or of a named one.</summary>
    OwnerCensus CountOwners(string? netns = null, SourceChoice source = SourceChoice.Auto)
    {
        var counting = new OwnerCounting();
        var census = counting.ToCensus(StreamOwned(netns, null, source, StateMask.All, counting.In));
        return census with { Descriptors = new DescriptorReader().Read(census.Busiest) };
    }

    /// <summary>Counts the connections that have been silent for so long; <see langword="null"/> where netlink, which alone tells it, cannot be read.</summary>
    /// <param name="age">Silent for so long counts.</param>
    /// <param name="netns">As in <see cref="Read"/>.</param>
    IdleCensus? CountIdle(TimeSpan age, string? netns = null)
    {
        var counting = new IdleCounting(age);
        try
        {
            return Stream(netns, null, SourceChoice.Netlink, IdleCounting.States, _ => counting) is [var one, ..] ? counting.ToCensus(one.Pass) : null;
        }
        catch (SourceUnavailableException)
        {
            return null;
        }
    }

    /// <summary>Reads the caller's own namespace in full, or a named one, in one pass.</summary>
    DetailedReading ReadDetailed(string? netns = null, SourceChoice source = SourceChoice.Auto);

    /// <summary>The network namespaces of the machine: a walk over all processes.</summary>
    NamespaceSurvey Survey();

    /// <summary>What the resident monitor's rules say of the caller's own namespace; <see langword="null"/> where nobody has judged.</summary>
    Health? Health => null;

    /// <summary>The text of a setting's file in <c>/proc/sys/net</c>; <see langword="null"/> where it cannot be read.</summary>
    string? Setting(string path);
}
