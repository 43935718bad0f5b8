using TcpLens.Core.Model;
using TcpLens.Core.Readings;
using TcpLens.Core.Sources;
using TcpLens.Core.Text;
using TcpLens.Linux.Bpf;
using TcpLens.Linux.Counters;
using TcpLens.Linux.ProcNet;
using TcpLens.Linux.SockDiag;

namespace TcpLens.Linux.Reading;

/// <summary>
/// Counts the states of the calling thread's network namespace with the best source that the host allows, and holds the count against
/// the kernel's own totals. Made once, used for every reading; not for several threads at a time.
/// </summary>
public sealed class StateReader : IDisposable
{
    /// <summary>A pass that the table changed under is read again at most so often.</summary>
    private const int Attempts = 3;

    /// <summary>From so many sockets on a single reading is faster by eBPF, its loading included (docs/decisions/0012-bpf-loader.md).</summary>
    private const long SocketsWorthLoading = 40_000;

    /// <summary>The same where neither ESTABLISHED nor TIME_WAIT is wanted: netlink passes over a socket several times as fast as it tells one.</summary>
    private const long SocketsWorthLoadingForFew = 300_000;

    /// <summary>The same where many readings follow; below, netlink takes as long, and needs no privilege.</summary>
    private const long SocketsWorthWalking = 3_000;

    /// <summary>The same in namespaces to be read: each costs netlink a walk over the whole table.</summary>
    private const int NamespacesWorthLoading = 64;

    private const int NamespacesWorthWalking = 4;

    private readonly TimeProvider _clock;
    private readonly SourceChoice _choice;
    private readonly bool _staysLoaded;
    private readonly Census _census = new();
    private readonly SockDiagSource _netlink;
    private readonly ProcNetSource _proc = new();
    private readonly BpfSource _bpf;
    private NamespaceCounts? _namespaces;

    /// <summary>A reader on this host's kernel.</summary>
    /// <param name="clock">Measures how long a reading takes.</param>
    /// <param name="choice">The source, or <see cref="SourceChoice.Auto"/>.</param>
    /// <param name="staysLoaded">Whether there will be many readings, so that loading eBPF is worth it from few sockets on.</param>
    public StateReader(TimeProvider clock, SourceChoice choice = SourceChoice.Auto, bool staysLoaded = false)
        : this(clock, choice, new SockDiagSource(), new BpfSource(), staysLoaded)
    {
    }

    internal StateReader(TimeProvider clock, SourceChoice choice, SockDiagSource netlink, BpfSource bpf, bool staysLoaded)
    {
        _clock = clock;
        _choice = choice;
        _netlink = netlink;
        _bpf = bpf;
        _staysLoaded = staysLoaded;
    }

    /// <summary>Reads the namespace of the calling thread.</summary>
    /// <exception cref="SourceUnavailableException">No source that may be used works here.</exception>
    public StateReading Read() => AtBest(null);

    /// <summary>Reads the same with every port and destination, which <paramref name="ports"/> then holds.</summary>
    /// <exception cref="SourceUnavailableException">No source that may be used works here.</exception>
    public StateReading Read(PortCensus ports) => AtBest(ports);

    /// <summary>
    /// Reads the namespace that <paramref name="netDirectory"/> (<c>/proc/PID/net</c>) shows, without entering it: slower and without CLOSE,
    /// but every user may.
    /// </summary>
    /// <exception cref="SourceUnavailableException">The directory cannot be read.</exception>
    public StateReading ReadFromOutside(string netDirectory, Phrase reason)
    {
        using var source = new ProcNetSource(netDirectory);
        return Read(source, reason, _clock.GetTimestamp(), null, netDirectory);
    }

    /// <summary>Counts every namespace of the host in one walk, where that is possible and worth it.</summary>
    /// <param name="namespaces">How many there are to be read.</param>
    /// <returns><see langword="null"/> where each namespace has to be read by itself.</returns>
    internal EveryNamespace? ReadEveryNamespace(int namespaces)
    {
        if (!MayWalkAll(namespaces))
            return null;
        _namespaces ??= new NamespaceCounts();
        // Loading is no part of the reading.
        _ = _bpf.PrepareForEveryNamespace();
        long start = _clock.GetTimestamp();
        var pass = _bpf.ReadEveryNamespace(_namespaces);
        return pass.Completeness == Completeness.Truncated ? null : new EveryNamespace(_clock, _bpf, _namespaces, pass, _clock.GetElapsedTime(start));
    }

    /// <summary>Loads what <see cref="Stream"/> would load first. What stands in its way is told by the reading.</summary>
    internal void Prepare(StateMask states)
    {
        if (_choice == SourceChoice.Bpf)
            _ = _bpf.Prepare();
        else if (_choice == SourceChoice.Auto)
            _ = MayWalk(states);
    }

    /// <summary>Streams the sockets of the calling thread's namespace with what the sink looks at.</summary>
    /// <exception cref="SourceUnavailableException">No source that may be used works here.</exception>
    public Pass Stream(StateMask states, ISocketSink sink) => _choice switch
    {
        SourceChoice.Proc => _proc.Read(states, sink),
        SourceChoice.Netlink => _netlink.Read(states, sink),
        SourceChoice.Bpf => _bpf.Read(states, sink),
        _ => MayWalk(states) ? _bpf.Read(states, sink) : StreamByNetlink(states, sink),
    };

    /// <summary>Counts the sockets of the calling thread's namespace by a key: inside the kernel where that is worth it, else socket by socket.</summary>
    /// <exception cref="SourceUnavailableException">No source that may be used works here.</exception>
    public Pass Count(SocketKey key, StateMask states, IKeyedSink counts)
    {
        if (_choice == SourceChoice.Bpf || (_choice == SourceChoice.Auto && MayWalk(states)))
            return _bpf.Count(key, states, counts);
        var sink = new KeyingSink(key, states, counts);
        return Stream(sink.States, sink);
    }

    /// <summary>Counts the sockets of many namespaces by a key in one walk, where that is possible and worth it.</summary>
    /// <param name="key">What they are counted by.</param>
    /// <param name="states">The states to count; CLOSE is asked of each namespace by itself (<see cref="CountBound"/>).</param>
    /// <param name="byInode">What takes the counts of each namespace.</param>
    /// <param name="pass">How complete the walk was.</param>
    /// <returns>Which namespaces it saw; <see langword="null"/> where each has to be read by itself.</returns>
    internal NamespaceKeys? CountEveryNamespace(SocketKey key, StateMask states, IReadOnlyDictionary<ulong, IKeyedSink> byInode, out Pass pass)
    {
        pass = Pass.Whole;
        if (!MayWalkAll(byInode.Count))
            return null;
        var keys = new NamespaceKeys(byInode);
        pass = _bpf.CountEveryNamespace(key, states, keys);
        return keys;
    }

    /// <summary>Counts by key what holds a local port and nothing else in the calling thread's namespace.</summary>
    internal Pass CountBound(SocketKey key, IKeyedSink counts) => _bpf.ReadBound(new KeyingSink(key, default(StateMask).With(TcpState.Close), counts));

    public void Dispose()
    {
        _netlink.Dispose();
        _proc.Dispose();
        _bpf.Dispose();
    }

    // The best source that may be used; with a lesser one goes the reason why.
    private StateReading AtBest(PortCensus? ports)
    {
        long begin = _clock.GetTimestamp();
        return _choice switch
        {
            SourceChoice.Proc => Read(_proc, null, begin, ports),
            SourceChoice.Netlink => Read(_netlink, null, begin, ports),
            SourceChoice.Bpf => Read(_bpf, null, begin, ports),
            _ => ByBpf(begin, ports, out var reason) ?? ByNetlink(reason, begin, ports),
        };
    }

    // Nothing where eBPF is not worth its loading, or cannot be used, which has a reason.
    private StateReading? ByBpf(long begin, PortCensus? ports, out Phrase? reason)
    {
        reason = null;
        if (!IsWorthWalking(StateMask.All))
            return null;
        reason = _bpf.Prepare();
        if (reason is not null)
            return null;
        var reading = Read(_bpf, null, begin, ports);
        if (reading.Completeness != Completeness.Truncated)
            return reading;
        reason = reading.CompletenessReason;
        return null;
    }

    private StateReading ByNetlink(Phrase? reason, long begin, PortCensus? ports)
    {
        try
        {
            return Read(_netlink, reason, begin, ports) with { WalkedFrom = reason is null ? SocketsWorthIt(StateMask.All) : null };
        }
        catch (SourceUnavailableException refusal)
        {
            return Read(_proc, refusal.Reason, begin, ports);
        }
    }

    private Pass StreamByNetlink(StateMask states, ISocketSink sink)
    {
        try
        {
            return _netlink.Read(states, sink);
        }
        catch (SourceUnavailableException)
        {
            return _proc.Read(states, sink);
        }
    }

    private bool MayWalkAll(int namespaces)
    {
        bool wanted = _choice == SourceChoice.Bpf || (_choice == SourceChoice.Auto && (_bpf.IsLoaded || namespaces >= (_staysLoaded ? NamespacesWorthWalking : NamespacesWorthLoading)));
        return namespaces >= 2 && wanted && _bpf.Prepare() is null;
    }

    // Where listeners and bound sockets alone are wanted, netlink looks at no others either.
    private bool MayWalk(StateMask states) =>
        (states & ~default(StateMask).With(TcpState.Listen).With(TcpState.Close)) != default && IsWorthWalking(states) && _bpf.Prepare() is null;

    // What is loaded stays in use, so that a reader does not go back and forth.
    private bool IsWorthWalking(StateMask states) => _bpf.IsLoaded || ExpectedSockets() >= SocketsWorthIt(states);

    private long SocketsWorthIt(StateMask states) => _staysLoaded ? SocketsWorthWalking
        : states.Contains(TcpState.Established) || states.Contains(TcpState.TimeWait) ? SocketsWorthLoading : SocketsWorthLoadingForFew;

    private static long ExpectedSockets() =>
        SocketTotals.TryRead(ProcNetSource.OwnDirectory, out var totals) ? totals.InUseIPv4 + totals.InUseIPv6 + totals.TimeWait : 0;

    private StateReading Read(ISocketSource source, Phrase? sourceReason, long begin, PortCensus? ports, string netDirectory = ProcNetSource.OwnDirectory)
    {
        var census = ports?.Census ?? _census;
        ISocketSink sink = ports is null ? census : ports;
        // Loading is no part of the reading. What stands in its way is told by the reading.
        if (source == _bpf)
            _ = _bpf.Prepare();
        int attempt = 1;
        while (true)
        {
            var before = KernelTotals.Read(netDirectory);
            long start = _clock.GetTimestamp();
            ports?.Clear();
            census.Clear();
            var pass = source.Read(StateMask.All, sink);
            var duration = _clock.GetElapsedTime(start);
            var after = KernelTotals.Read(netDirectory);
            pass = KernelTotals.Hold(pass, census, before, after, source.IsSteady);
            if (attempt++ < Attempts && pass.Completeness is Completeness.Interrupted or Completeness.Truncated)
                continue;
            return new StateReading
            {
                Counts = census.ToCounts(pass.CloseUnseen),
                Source = source.Name,
                SourceReason = sourceReason,
                Duration = duration,
                Setup = _clock.GetElapsedTime(begin, start),
                Completeness = pass.Completeness,
                CompletenessReason = pass.Reason,
                Opened = after.Known ? after.Opened : null,
                ChainsWalkedAgain = pass.ChainsWalkedAgain,
            };
        }
    }
}
