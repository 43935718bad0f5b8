using TcpLens.Core.Filtering;
using TcpLens.Core.Model;
using TcpLens.Core.Owners;
using TcpLens.Core.Sources;
using TcpLens.Linux.Owners;
using TcpLens.Linux.Reading;

namespace TcpLens.Serving;

/// <summary>The connections for the web server, read with a reader of its own: sampling does not wait for it.</summary>
internal sealed class LiveConnections(TimeProvider clock) : IConnections, IDisposable
{
    private readonly Lock _oneAtATime = new();
    private readonly HostReader _reader = new(clock, SourceChoice.Auto, staysLoaded: true);
    private OwnerReader? _owners;

    public IReadOnlyList<NamespacePass> Stream(SocketFilter filter, Func<string, ISocketSink> sinkOf)
    {
        lock (_oneAtATime)
        {
            var passes = _reader.Stream(null, filter.Namespaces.IsEmpty ? null : filter.MatchesNamespace, filter.States, sinkOf);
            return [.. passes.Select(one => new NamespacePass(one.Namespace, one.Pass))];
        }
    }

    public IReadOnlyList<NamespacePass> Count(SocketFilter filter, SocketKey key, Func<string, IKeyedSink> countsOf)
    {
        lock (_oneAtATime)
        {
            var passes = _reader.Count(null, filter.Namespaces.IsEmpty ? null : filter.MatchesNamespace, key, filter.States, countsOf);
            return [.. passes.Select(one => new NamespacePass(one.Namespace, one.Pass))];
        }
    }

    public OwnedPasses StreamOwned(SocketFilter filter, Func<string, IOwnerLookup, ISocketSink> sinkOf)
    {
        lock (_oneAtATime)
        {
            _owners ??= new OwnerReader(_reader, clock, remembers: true);
            return _owners.Stream(null, filter.Namespaces.IsEmpty ? null : filter.MatchesNamespace, filter.States, sinkOf);
        }
    }

    public void Dispose()
    {
        _owners?.Dispose();
        _reader.Dispose();
    }
}
