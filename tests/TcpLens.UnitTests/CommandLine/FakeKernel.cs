using TcpLens.CommandLine;
using TcpLens.Core.Model;
using TcpLens.Core.Owners;
using TcpLens.Core.Readings;
using TcpLens.Core.Sources;
using TcpLens.Linux.Reading;
using TcpLens.UnitTests.Owners;

namespace TcpLens.UnitTests.CommandLine;

/// <summary>A kernel that answers what a test has laid down, and remembers what it was asked.</summary>
internal sealed class FakeKernel : IKernel
{
    private int _reads;
    private int _detailedReads;

    /// <summary>The readings, one after the other; the last one again and again.</summary>
    public IReadOnlyList<HostReading> Readings { get; init; } = [];

    public IReadOnlyList<ListedSocket> Sockets { get; init; } = [];

    public Pass Pass { get; init; } = Pass.Whole;

    /// <summary>Who owns which socket.</summary>
    public FakeOwners Owners { get; init; } = new();

    public int Denied { get; init; }

    public int OwnersAsked { get; private set; }

    public Exception? Failure { get; init; }

    public DetailedReading? Detailed { get; init; }

    /// <summary>Readings in full, one after the other, the last one again and again; instead of <see cref="Detailed"/>.</summary>
    public IReadOnlyList<DetailedReading> DetailedReadings { get; init; } = [];

    public NamespaceSurvey? Namespaces { get; init; }

    public string? AskedNetns { get; private set; }

    public SourceChoice AskedSource { get; private set; }

    public StateMask AskedStates { get; private set; }

    public HostReading Read(string? netns, SourceChoice source, bool countOthers = false)
    {
        AskedNetns = netns;
        AskedSource = source;
        return Failure is null ? Readings[Math.Min(_reads++, Readings.Count - 1)] : throw Failure;
    }

    public IReadOnlyList<NamespacePass> Stream(
        string? netns, Func<string?, ulong, bool>? among, SourceChoice source, StateMask states, Func<string, ISocketSink> sinkOf)
    {
        AskedNetns = netns;
        AskedSource = source;
        AskedStates = states;
        if (Failure is not null)
            throw Failure;
        var passes = new List<NamespacePass>();
        foreach (var group in Sockets.GroupBy(listed => listed.Namespace, StringComparer.Ordinal).Where(group => among is null || among(group.Key, 1)))
        {
            var sink = sinkOf(group.Key);
            foreach (var listed in group.Where(listed => states.Contains(listed.Socket.State)))
            {
                if (!sink.Take(listed.Socket))
                    break;
            }

            passes.Add(new NamespacePass(group.Key, Pass));
        }

        return passes;
    }

    public OwnedPasses StreamOwned(
        string? netns, Func<string?, ulong, bool>? among, SourceChoice source, StateMask states, Func<string, IOwnerLookup, ISocketSink> sinkOf)
    {
        OwnersAsked++;
        return new OwnedPasses([.. Stream(netns, among, source, states, name => sinkOf(name, Owners))], Denied, false);
    }

    public DetailedReading ReadDetailed(string? netns = null, SourceChoice source = SourceChoice.Auto)
    {
        AskedNetns = netns;
        AskedSource = source;
        if (Failure is not null)
            throw Failure;
        return Detailed ?? DetailedReadings[Math.Min(_detailedReads++, DetailedReadings.Count - 1)];
    }

    public NamespaceSurvey Survey() => Failure is null ? Namespaces! : throw Failure;

    public string? Setting(string path) => null;
}
