using TcpLens.Core.Model;
using TcpLens.Core.Sources;
using TcpLens.Core.Text;
using TcpLens.Linux.Interop;

namespace TcpLens.Linux.Bpf;

/// <summary>What one reading has gathered: takes the runs that went well, counts those that did not, and knows what is missing.</summary>
internal sealed class WalkTally
{
    private readonly HashWalk _walk;
    private readonly ISocketSink? _sink;
    private readonly Census? _census;
    private readonly NamespaceCounts? _namespaces;
    private readonly Func<ulong, IKeyedSink?>? _groupsOf;
    private readonly bool _areBound;
    private int _walkedAgain;
    private int _badRows;
    private Pass _shortcoming = Pass.Whole;

    /// <summary>Gathers the sockets of the calling thread's namespace. Counts are enough when nothing but counting is done with them.</summary>
    public WalkTally(HashWalk walk, StateMask states, ISocketSink sink)
    {
        _walk = walk;
        _sink = sink;
        _census = sink as Census;
        var wants = sink.Detail switch
        {
            _ when _census is not null => WalkWants.None,
            SocketDetail.Ends => WalkWants.Rows,
            SocketDetail.Signs => WalkWants.Rows | WalkWants.Signs,
            SocketDetail.Owners => WalkWants.Rows | WalkWants.Signs | WalkWants.Owners,
            _ => WalkWants.Rows | WalkWants.Details,
        };
        Question = new WalkQuestion(wants, states);
    }

    /// <summary>Gathers those of every namespace.</summary>
    /// <param name="walk">What has run.</param>
    /// <param name="namespaces">Takes them.</param>
    /// <param name="areBound">Whether the runs are those of <see cref="WalkTable.Bound"/>.</param>
    public WalkTally(HashWalk walk, NamespaceCounts namespaces, bool areBound = false)
    {
        _walk = walk;
        _namespaces = namespaces;
        _areBound = areBound;
        Question = new WalkQuestion(WalkWants.Rows | WalkWants.EveryNamespace, StateMask.All);
    }

    /// <summary>Gathers the numbers of each key.</summary>
    public WalkTally(HashWalk walk, StateMask states, SocketKey key, IKeyedSink groups)
    {
        _walk = walk;
        _groupsOf = _ => groups;
        Question = new WalkQuestion(WalkWants.Groups, states, key);
    }

    /// <summary>Gathers the numbers of each key in every namespace. Those that found no place are a shortcoming: whose they are is not known.</summary>
    public WalkTally(HashWalk walk, StateMask states, SocketKey key, NamespaceKeys groups)
    {
        _walk = walk;
        _groupsOf = groups.Of;
        Question = new WalkQuestion(WalkWants.Groups | WalkWants.EveryNamespace, states, key);
    }

    /// <summary>What each run is asked for.</summary>
    public WalkQuestion Question { get; }

    /// <summary>Hands the last run's sockets on.</summary>
    /// <returns><see langword="false"/> when the sink has seen enough.</returns>
    public bool Take(in WalkFacts facts)
    {
        if (_census is not null)
        {
            TakeCounts(_census);
            return true;
        }

        if (_groupsOf is not null)
        {
            TakeGroups(facts, _groupsOf);
            return true;
        }

        for (int i = 0; i < (int)facts.Rows; i++)
        {
            var row = _walk.Row(i);
            if (_areBound)
                _badRows += _namespaces!.TakeBound(row) ? 0 : 1;
            else if (!WalkRow.TryParse(row, out var socket))
                _badRows++;
            else if (_namespaces is not null)
                _namespaces.Take(WalkRow.Namespace(row), socket);
            else if (!_sink!.Take(socket))
                return false;
        }

        return true;
    }

    /// <summary>A run has drifted and is made again.</summary>
    public void WalkAgain(in WalkFacts facts) => _walkedAgain += (int)(facts.Drifted + facts.Faults);

    /// <summary>A range changed each time that it was walked.</summary>
    public void GiveUpOnDrift() => Fall(Completeness.Interrupted, new Phrase(
        "the kernel's table changed each time that a part of it was walked", "每次遍历时内核套接字表都在变化"));

    /// <summary>A chain is longer than the walk can follow.</summary>
    public void GiveUpOnLength() => Fall(Completeness.Truncated, new Phrase(
        "a chain of the kernel's table is too long to be walked; netlink reads it (--source netlink)", "内核套接字表的某条链过长，无法遍历；可改用 netlink（--source netlink）"));

    /// <summary>The kernel does not run the program.</summary>
    public void GiveUp(Errno error, uint returned) => Fall(Completeness.Truncated, error == Errno.None
        ? new Phrase("the walk found no table (program returned {0})", "未找到内核套接字表（程序返回 {0}）").With(returned)
        : new Phrase("the kernel did not run the program (BPF_PROG_TEST_RUN: {0})", "内核未运行程序（BPF_PROG_TEST_RUN：{0}）").With(error));

    /// <summary>What is to be said of the reading; <paramref name="bound"/> tells of the sockets that netlink told.</summary>
    public Pass ToPass(Pass bound)
    {
        if (_badRows > 0)
            Fall(Completeness.Partial, new Phrase("{0} sockets in states that are not known", "有 {0} 个套接字的状态无法识别").With(_badRows));
        var worse = _shortcoming.Completeness == Completeness.Complete ? bound : _shortcoming;
        return worse with { CloseUnseen = bound.CloseUnseen, BadRows = bound.BadRows + _badRows, ChainsWalkedAgain = _walkedAgain };
    }

    private void TakeCounts(Census census)
    {
        var counts = _walk.Counts;
        for (int kind = 0; kind < counts.Length; kind++)
        {
            if (counts[kind] == 0)
                continue;
            if (!WalkRow.TryKind(kind, out var socket))
                _badRows += (int)counts[kind];
            else
                census.Add(socket, (long)counts[kind]);
        }
    }

    private void TakeGroups(in WalkFacts facts, Func<ulong, IKeyedSink?> groupsOf)
    {
        for (int i = 0; i < (int)facts.Groups; i++)
        {
            var group = _walk.Group(i);
            if (groupsOf(WalkGroup.Namespace(group)) is { } counts)
                _badRows += (int)WalkGroup.Take(group, Question.Key.Kind, counts);
        }

        if (facts.Unplaced == 0)
            return;
        if ((Question.Wants & WalkWants.EveryNamespace) != WalkWants.None)
            GiveUpOnLength();
        else
            groupsOf(0)!.AddOthers((long)facts.Unplaced);
    }

    // The first shortcoming is the one that is told.
    private void Fall(Completeness completeness, Phrase reason)
    {
        if (_shortcoming.Completeness == Completeness.Complete)
            _shortcoming = new Pass { Completeness = completeness, Reason = reason };
    }
}
