using TcpLens.Core.Model;
using TcpLens.Core.Owners;
using TcpLens.Core.Sources;
using TcpLens.Linux.Owners;
using TcpLens.Linux.Reading;

namespace TcpLens.KernelTests.Owners;

/// <summary>A socket of the calling thread's namespace, with its owner.</summary>
internal sealed record OwnedSocket(SocketRecord Socket, OwnerSighting Sighting)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<OwnedSocket> ReadAll(OwnerReader reader, out OwnedPasses passes)
    {
        var sink = new List();
        passes = reader.Stream(null, null, StateMask.All, (_, owners) =>
        {
            sink.Owners = owners;
            return sink;
        });
        return sink.Sockets;
    }

    /// <summary>All of them, by a reader that has seen nothing before.</summary>
    public static IReadOnlyList<OwnedSocket> ReadAll()
    {
        using var sockets = new HostReader(TimeProvider.System, SourceChoice.Auto);
        using var reader = new OwnerReader(sockets, TimeProvider.System);
        return ReadAll(reader, out _);
    }

    private sealed class List : ISocketSink
    {
        public List<OwnedSocket> Sockets { get; } = [];

        public IOwnerLookup? Owners { get; set; }

        public bool Take(in SocketRecord socket)
        {
            Sockets.Add(new OwnedSocket(socket, Owners!.OwnerOf(socket)));
            return true;
        }
    }
}
