using TcpLens.Core.Model;
using TcpLens.Core.Owners;
using TcpLens.Core.Sources;
using TcpLens.Linux.Reading;

namespace TcpLens.Linux.Owners;

/// <summary>
/// Streams sockets together with their owners. Each time it looks at all sockets of the chosen namespaces first, and searches for the holders of those
/// that it does not know yet; a reader that is kept therefore costs little. One that does not remember lets the kernel tell the holders of all sockets
/// where it may, and then looks at listeners alone first. One thread at a time.
/// </summary>
/// <param name="sockets">Reads the sockets.</param>
/// <param name="clock">Ages what is remembered.</param>
/// <param name="remembers">Whether to remember who held a connection, for the time when only the kernel does. Worth it only for a reader that is kept.</param>
/// <param name="roots">Where processes are looked for; the system's when <see langword="null"/>.</param>
public sealed class OwnerReader(HostReader sockets, TimeProvider clock, bool remembers = false, OwnerRoots? roots = null) : IDisposable
{
    private readonly OwnerTable _table = new(roots ?? OwnerRoots.System, remembers);
    private readonly long _start = clock.GetTimestamp();
    private OwnerSearch? _search;

    /// <summary>Descriptors that the last search looked at; 0 when everything was known.</summary>
    public long Descriptors => _search?.Descriptors ?? 0;

    /// <summary>Connections whose holder is remembered.</summary>
    public int Remembered => _table.Remembered;

    /// <summary>Whether these capabilities are enough to find the owners of all users' sockets here.</summary>
    public static bool SeesAllUsers(Capabilities capabilities) => capabilities.MaySeeDescriptors || KernelHolders.MayTell(capabilities);

    /// <summary>Asked for holders first; <see langword="null"/> where processes are looked for elsewhere than in the system.</summary>
    internal KernelHolders? Kernel { get; init; } = roots is null ? new KernelHolders(remembers) : null;

    /// <summary>Streams the sockets of the chosen namespaces, each to the sink of its namespace, which may ask for owners meanwhile.</summary>
    /// <param name="netns">As the reader of the sockets takes it.</param>
    /// <param name="among">Chooses among all namespaces by name and inode, instead of <paramref name="netns"/>.</param>
    /// <param name="states">The states to ask the kernel for.</param>
    /// <param name="sinkOf">Gives the sink of the namespace with that name.</param>
    /// <returns>What each pass says about itself, and what stood in the way of the search.</returns>
    public OwnedPasses Stream(
        string? netns, Func<string?, ulong, bool>? among, StateMask states, Func<string, IOwnerLookup, ISocketSink> sinkOf)
    {
        _search ??= new OwnerSearch(roots ?? OwnerRoots.System, _table, Kernel);
        _table.Told = remembers || Kernel?.IsWorthAsking() != true ? null : TellAll(Kernel, netns, among, states);
        if (_table.Told is null)
        {
            LookAt(netns, among, StateMask.All);
            _search.Run();
        }

        var passes = sockets.Stream(netns, among, states, name => sinkOf(name, new Lookup(_table, _table.NumberOf(name))));
        bool isSearched = _table.Told is null;
        return new OwnedPasses(
            [.. passes.Select(one => new NamespacePass(one.Namespace, one.Pass))], isSearched ? _search.Denied : 0, isSearched && _search.IsCut, Kernel?.Refusal);
    }

    private void LookAt(string? netns, Func<string?, ulong, bool>? among, StateMask states)
    {
        _table.Begin((int)clock.GetElapsedTime(_start).TotalSeconds);
        _ = sockets.Stream(netns, among, states, name => new Look(_table, _table.NumberOf(name)));
    }

    // The kernel tells on a thread of its own, while the source of the sockets gets ready. Nothing where it did not tell all.
    private ToldHolders? TellAll(KernelHolders kernel, string? netns, Func<string?, ulong, bool>? among, StateMask states)
    {
        var told = new ToldHolders(OwnerRoots.System, KernelHolders.OpenFiles());
        bool isWhole = false;
        var telling = new Thread(() => isWhole = kernel.IsReady() && kernel.ForEach(told.Take) && !told.IsFull) { IsBackground = true, Name = "holders" };
        telling.Start();
        try
        {
            if (netns is null && among is null)
                sockets.Prepare(states);
            _table.Told = told;
            LookAt(netns, among, default(StateMask).With(TcpState.Listen));
        }
        finally
        {
            telling.Join();
        }

        return isWhole ? told : null;
    }

    public void Dispose() => Kernel?.Dispose();

    private sealed class Look(OwnerTable table, int netns) : ISocketSink
    {
        public SocketDetail Detail => SocketDetail.Owners;

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
