using TcpLens.Core.Model;
using TcpLens.Core.Owners;
using TcpLens.Core.Sources;
using TcpLens.Linux.Reading;

namespace TcpLens.Linux.Owners;

/// <summary>
/// Streams sockets together with their owners. Each time it looks at all sockets of the chosen namespaces first, and searches for the holders of those
/// that it does not know yet; a reader that is kept therefore costs little. One thread at a time.
/// </summary>
/// <param name="sockets">Reads the sockets.</param>
/// <param name="clock">Ages what is remembered.</param>
/// <param name="remembers">Whether to remember who held a connection, for the time when only the kernel does. Worth it only for a reader that is kept.</param>
/// <param name="roots">Where processes are looked for; the system's when <see langword="null"/>.</param>
public sealed class OwnerReader(HostReader sockets, TimeProvider clock, bool remembers = false, OwnerRoots? roots = null) : IDisposable
{
    private readonly OwnerTable _table = new(roots ?? OwnerRoots.System, remembers);
    private readonly KernelHolders? _kernel = roots is null ? new KernelHolders(remembers) : null;
    private readonly long _start = clock.GetTimestamp();
    private OwnerSearch? _search;

    /// <summary>Descriptors that the last search looked at; 0 when everything was known.</summary>
    public long Descriptors => _search?.Descriptors ?? 0;

    /// <summary>Connections whose holder is remembered.</summary>
    public int Remembered => _table.Remembered;

    /// <summary>Whether these capabilities are enough to find the owners of all users' sockets here.</summary>
    public static bool SeesAllUsers(Capabilities capabilities) => capabilities.MaySeeDescriptors || KernelHolders.MayTell(capabilities);

    /// <summary>Whether the kernel itself is asked for holders.</summary>
    internal bool AsksKernel => _kernel?.IsLoaded == true;

    /// <summary>Streams the sockets of the chosen namespaces, each to the sink of its namespace, which may ask for owners meanwhile.</summary>
    /// <param name="netns">As the reader of the sockets takes it.</param>
    /// <param name="among">Chooses among all namespaces by name and inode, instead of <paramref name="netns"/>.</param>
    /// <param name="states">The states to ask the kernel for.</param>
    /// <param name="sinkOf">Gives the sink of the namespace with that name.</param>
    /// <returns>What each pass says about itself, and what stood in the way of the search.</returns>
    public OwnedPasses Stream(
        string? netns, Func<string?, ulong, bool>? among, StateMask states, Func<string, IOwnerLookup, ISocketSink> sinkOf)
    {
        _search ??= new OwnerSearch(roots ?? OwnerRoots.System, _table, _kernel);
        _table.Begin((int)clock.GetElapsedTime(_start).TotalSeconds);
        _ = sockets.Stream(netns, among, StateMask.All, name => new Look(_table, _table.NumberOf(name)));
        _search.Run();
        var passes = sockets.Stream(netns, among, states, name => sinkOf(name, new Lookup(_table, _table.NumberOf(name))));
        return new OwnedPasses([.. passes.Select(one => new NamespacePass(one.Namespace, one.Pass))], _search.Denied, _search.IsCut, _kernel?.Refusal);
    }

    public void Dispose() => _kernel?.Dispose();

    private sealed class Look(OwnerTable table, int netns) : ISocketSink
    {
        public bool Take(in SocketRecord socket)
        {
            table.See(netns, socket);
            return true;
        }
    }

    private sealed class Lookup(OwnerTable table, int netns) : IOwnerLookup
    {
        public OwnerSighting OwnerOf(in SocketRecord socket) => table.OwnerOf(netns, socket);
    }
}
