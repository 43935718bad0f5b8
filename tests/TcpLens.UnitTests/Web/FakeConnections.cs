using TcpLens.Core.Filtering;
using TcpLens.Core.Owners;
using TcpLens.Core.Readings;
using TcpLens.Core.Sources;
using TcpLens.UnitTests.Owners;

namespace TcpLens.UnitTests.Web;

/// <summary>Connections that a test has laid down. A pass may be held up until the test lets it go.</summary>
internal sealed class FakeConnections : IConnections
{
    private int _inside;

    public IReadOnlyList<ListedSocket> Sockets { get; init; } = [];

    public Pass Pass { get; init; } = Pass.Whole;

    public Exception? Failure { get; init; }

    /// <summary>Waited for by every pass; <see langword="null"/> when none is held up.</summary>
    public ManualResetEventSlim? Gate { get; init; }

    /// <summary>The most passes that were ever under way at once.</summary>
    public int MostAtOnce { get; private set; }

    public OwnedPasses StreamOwned(SocketFilter filter, Func<string, IOwnerLookup, ISocketSink> sinkOf) =>
        new([.. Stream(filter, name => sinkOf(name, FakeOwners.OfSamples))], Denied: 3, IsCut: false);

    public IReadOnlyList<NamespacePass> Stream(SocketFilter filter, Func<string, ISocketSink> sinkOf)
    {
        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _inside));
        try
        {
            Gate?.Wait(TimeSpan.FromMinutes(1));
            if (Failure is not null)
                throw Failure;
            var passes = new List<NamespacePass>();
            foreach (var group in Sockets.GroupBy(listed => listed.Namespace, StringComparer.Ordinal))
            {
                var sink = sinkOf(group.Key);
                foreach (var listed in group)
                {
                    if (!sink.Take(listed.Socket))
                        break;
                }

                passes.Add(new NamespacePass(group.Key, Pass));
            }

            return passes;
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }
}
