using TcpLens.Core.Model;
using TcpLens.Core.Sources;
using TcpLens.Core.Text;
using TcpLens.Linux.Interop;
using TcpLens.Linux.SockDiag;

namespace TcpLens.Linux.Bpf;

/// <summary>
/// Reads the sockets by programs that run in the kernel and walk its tables themselves: exact as netlink is, and several times as fast. Counting
/// (into a <see cref="Census"/>) costs least, because nothing but numbers leaves the kernel. What holds a local port and nothing else stands in
/// none of these tables: netlink tells it.
/// </summary>
/// <remarks>
/// Each run is one RCU section on one processor. Its length follows from how densely the table is filled, so that it stays about a millisecond.
/// A run during which a chain led elsewhere is made again.
/// </remarks>
public sealed class BpfSource : ISocketSource
{
    /// <summary>About a millisecond at 100 ns per socket.</summary>
    private const ulong VisitsPerRun = 8192;

    private const ulong LongestRun = 4096;
    private const ulong LongestListenerRun = 1024;
    private const uint ShorterTable = 2;

    /// <summary>A run is made again at most so often. Under tens of thousands of connections per second the second one has never drifted.</summary>
    private const int AttemptsPerRun = 16;

    private readonly SockDiagSource _bound;
    private readonly Func<(HashWalk?, WalkFailure?)> _load;
    private readonly ulong[] _lengths = [256, 256, 0, 256];
    private HashWalk? _walk;
    private WalkFailure? _failure;
    private bool? _mayWalkBound;

    /// <summary>A source on this host's kernel; nothing is loaded before the first reading.</summary>
    public BpfSource()
        : this(new SockDiagSource(), Load)
    {
    }

    internal BpfSource(SockDiagSource bound, Func<(HashWalk?, WalkFailure?)> load)
    {
        _bound = bound;
        _load = load;
    }

    public string Name => "bpf";

    /// <summary>A chain that changed under the walk says so.</summary>
    public bool IsSteady => true;

    /// <summary>Whether the programs are in the kernel.</summary>
    internal bool IsLoaded => _walk is not null;

    /// <summary>Loads the programs, if that has not been done.</summary>
    /// <returns><see langword="null"/>, or why the source cannot be used.</returns>
    public Phrase? Prepare()
    {
        if (_walk is null && _failure is not { IsFinal: true })
            (_walk, _failure) = _load();
        return _walk is null ? _failure!.Value.Reason : null;
    }

    /// <summary>The same with what counts every namespace. Where the table of ports cannot be walked, netlink is asked as before: the reason is of no interest.</summary>
    internal Phrase? PrepareForEveryNamespace()
    {
        var reason = Prepare();
        if (reason is null)
            _mayWalkBound ??= KernelRelease.Current.Version >= SockDiagSource.BoundSockets && _walk!.TryLoadBound() is null;
        return reason;
    }

    public Pass Read(StateMask states, ISocketSink sink)
    {
        if (Prepare() is { } reason)
            throw new SourceUnavailableException(Name, reason);
        var bound = Pass.Whole;
        if (states.Contains(TcpState.Close))
            bound = ReadBound(sink);
        var tally = new WalkTally(_walk!, states, sink);
        Walk(states, tally);
        return tally.ToPass(bound);
    }

    /// <summary>Counts the sockets of the calling thread's namespace by a key, inside the kernel: what leaves it is a number for each key and state.</summary>
    /// <exception cref="SourceUnavailableException">The source cannot be used.</exception>
    public Pass Count(SocketKey key, StateMask states, IKeyedSink counts)
    {
        if (Prepare() is { } reason)
            throw new SourceUnavailableException(Name, reason);
        var bound = states.Contains(TcpState.Close) ? ReadBound(new KeyingSink(key, states, counts)) : Pass.Whole;
        var tally = new WalkTally(_walk!, states, key, counts);
        Walk(states, tally);
        return tally.ToPass(bound);
    }

    /// <summary>
    /// Counts every namespace in one walk, and CLOSE in another one where the kernel's table of ports can be walked. Where not, <see cref="ReadBound"/> tells it:
    /// <see cref="NamespaceCounts.HasBound"/>.
    /// </summary>
    /// <exception cref="SourceUnavailableException">The source cannot be used.</exception>
    internal Pass ReadEveryNamespace(NamespaceCounts counts)
    {
        _ = PrepareForEveryNamespace();
        var pass = WalkEveryNamespace(walk => new WalkTally(walk, counts), StateMask.All, counts.Begin);
        if (pass.Completeness == Completeness.Truncated || _mayWalkBound != true)
            return pass;
        var tally = new WalkTally(_walk!, counts, areBound: true);
        if (Walk(WalkTable.Bound, tally) && tally.ToPass(Pass.Whole) is { Completeness: Completeness.Complete } bound)
        {
            counts.AddBound();
            return pass with { ChainsWalkedAgain = pass.ChainsWalkedAgain + bound.ChainsWalkedAgain };
        }

        return pass;
    }

    /// <summary>Counts the sockets of every namespace by a key in one walk, without CLOSE.</summary>
    /// <exception cref="SourceUnavailableException">The source cannot be used.</exception>
    internal Pass CountEveryNamespace(SocketKey key, StateMask states, NamespaceKeys counts) =>
        WalkEveryNamespace(walk => new WalkTally(walk, states, key, counts), states, counts.Begin);

    /// <summary>The sockets in CLOSE of the calling thread's namespace. Netlink walks another table for them, and no other one when it is asked for nothing else.</summary>
    internal Pass ReadBound(ISocketSink sink)
    {
        try
        {
            return _bound.Read(default(StateMask).With(TcpState.Close), sink);
        }
        catch (SourceUnavailableException refusal)
        {
            return new Pass { CloseUnseen = refusal.Reason };
        }
    }

    public void Dispose()
    {
        _walk?.Dispose();
        _bound.Dispose();
    }

    private Pass WalkEveryNamespace(Func<HashWalk, WalkTally> tallyOf, StateMask states, Action<HashWalk, int> begin)
    {
        if (Prepare() is { } reason)
            throw new SourceUnavailableException(Name, reason);
        var tally = tallyOf(_walk!);
        var error = _walk!.Run(WalkTable.Namespaces, 0, 0, default, out uint returned);
        int namespaces = (int)_walk.Facts.Rows;
        if (error != Errno.None || returned != 0 || namespaces > WalkLayout.RowsMaximum)
        {
            tally.GiveUp(error, returned);
            return tally.ToPass(Pass.Whole);
        }

        begin(_walk, namespaces);
        Walk(states, tally);
        return tally.ToPass(Pass.Whole);
    }

    // What listens stands in a table of its own.
    private void Walk(StateMask states, WalkTally tally)
    {
        var connections = states & ~default(StateMask).With(TcpState.Listen).With(TcpState.Close);
        if ((!states.Contains(TcpState.Listen) || Walk(WalkTable.Listeners, tally)) && connections != default)
            Walk(WalkTable.Connections, tally);
    }

    private bool Walk(WalkTable table, WalkTally tally)
    {
        ulong longest = table == WalkTable.Listeners ? LongestListenerRun : LongestRun;
        ulong length = _lengths[(int)table];
        ulong buckets = ulong.MaxValue;
        int attempt = 1;
        for (ulong first = 0; first < buckets;)
        {
            var error = _walk!.Run(table, first, length, tally.Question, out uint returned);
            var facts = _walk.Facts;
            if (error == Errno.None && returned == ShorterTable && length > 1)
            {
                length /= 2;
                continue;
            }

            if (error != Errno.None || returned != 0)
            {
                tally.GiveUp(error, returned);
                return false;
            }

            buckets = facts.Buckets;
            if (facts.HasOverflown && length > 1)
            {
                length /= 2;
                continue;
            }

            if (facts.Rows > WalkLayout.RowsMaximum || facts.Overlong > 0)
            {
                tally.GiveUpOnLength();
                return false;
            }

            if (facts.Drifted + facts.Faults > 0 && attempt++ < AttemptsPerRun)
            {
                tally.WalkAgain(facts);
                continue;
            }

            if (attempt > AttemptsPerRun)
                tally.GiveUpOnDrift();
            attempt = 1;
            if (!tally.Take(facts))
                return false;
            first += length;
            length = Next(length, first, facts.Visited, longest);
        }

        _lengths[(int)table] = length;
        return true;
    }

    // Twice as long while that is still short enough, and the next piece begins where one of that length does.
    private static ulong Next(ulong length, ulong first, ulong visited, ulong longest)
    {
        if (visited > VisitsPerRun && length > 1)
            return length / 2;
        return visited < VisitsPerRun / 4 && length < longest && first % (2 * length) == 0 ? length * 2 : length;
    }

    private static (HashWalk?, WalkFailure?) Load()
    {
        var failure = HashWalk.TryLoad(out var walk);
        return (walk, failure);
    }
}
