using TcpLens.Core.Filtering;
using TcpLens.Core.Owners;
using TcpLens.Core.Sources;
using TcpLens.Linux.Interop;
using TcpLens.Linux.Owners;

namespace TcpLens.Serving;

/// <summary>
/// Looks now and then who holds which sockets, on a thread of its own: sampling never waits for it. It shares what it knows with the web server's
/// questions, and by it owners are remembered when only the kernel holds their connections.
/// </summary>
internal sealed class OwnerWatch : IDisposable
{
    /// <summary>Owners change slowly, and TIME_WAIT lasts a minute.</summary>
    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(5);

    private readonly IConnections _connections;
    private readonly string _own;
    private readonly DescriptorReader _descriptors = new();
    private readonly RareLook<OwnerCensus> _looks;
    private volatile bool _watchesAll;

    /// <summary>A watch that has not begun.</summary>
    /// <param name="connections">Reads sockets with their owners.</param>
    /// <param name="own">The name of the own namespace.</param>
    /// <param name="watchesAll">Whether to look at all namespaces.</param>
    /// <param name="clock">Measures the pauses.</param>
    public OwnerWatch(IConnections connections, string own, bool watchesAll, TimeProvider clock)
    {
        (_connections, _own, _watchesAll) = (connections, own, watchesAll);
        _looks = new RareLook<OwnerCensus>("owners", Look, PauseAfter, clock);
    }

    /// <summary>What the last look has seen; <see langword="null"/> before the first, and when it failed.</summary>
    public OwnerCensus? Latest => _looks.Latest;

    /// <summary>Whether to look at all namespaces, from the next look on.</summary>
    public bool WatchesAll
    {
        set => _watchesAll = value;
    }

    public void Start() => _looks.Start();

    /// <summary>The pause behind a look that has cost so much.</summary>
    internal static TimeSpan PauseAfter(TimeSpan cost) => RareLook<OwnerCensus>.Pause(cost, s_shortest, s_longest);

    /// <summary>Looks once.</summary>
    internal OwnerCensus? Look()
    {
        var filter = SocketFilter.Everything;
        if (_watchesAll && SocketFilter.TryParse($"netns:{NamespaceChoice.Every}", out var every, out _))
            filter = every;
        try
        {
            var counting = new OwnerCounting(_own);
            var census = counting.ToCensus(_connections.StreamOwned(filter, counting.In));
            return census with { Descriptors = _descriptors.Read(census.Busiest) };
        }
        catch (Exception trouble) when (trouble is SourceUnavailableException or SyscallException or IOException)
        {
            // The sampling loop reads the same sockets, and tells what stands in the way.
            return null;
        }
    }

    public void Dispose() => _looks.Dispose();
}
