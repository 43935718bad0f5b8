using System.Collections.Immutable;
using TcpLens.Core.Text;

namespace TcpLens.Core.Model;

/// <summary>The count of every state in one reading: immutable, all eleven always there.</summary>
public sealed class StateCounts
{
    private readonly ImmutableArray<StateCount> _byNumber;

    /// <summary>Takes the counts of one pass.</summary>
    /// <param name="byNumber">Counts indexed by the kernel's state number, <see cref="TcpStates.TableLength"/> long.</param>
    /// <param name="orphanFinWait2">Sockets in FIN_WAIT2 that no process holds any more.</param>
    /// <param name="closeUnseen">Why CLOSE could not be counted, or <see langword="null"/>.</param>
    public StateCounts(ImmutableArray<StateCount> byNumber, long orphanFinWait2, Phrase? closeUnseen)
    {
        if (byNumber.Length != TcpStates.TableLength)
            throw new ArgumentException($"{byNumber.Length} counts instead of {TcpStates.TableLength}", nameof(byNumber));
        _byNumber = byNumber;
        OrphanFinWait2 = orphanFinWait2;
        CloseUnseen = closeUnseen;
    }

    /// <summary>The count of <paramref name="state"/>; <see langword="null"/> (not 0) where the source cannot see it.</summary>
    public StateCount? this[TcpState state] => state == TcpState.Close && CloseUnseen is not null ? null : _byNumber[(int)state];

    /// <summary>Of the sockets in FIN_WAIT2, those that no process holds: the kernel ends them after tcp_fin_timeout.</summary>
    public long OrphanFinWait2 { get; }

    /// <summary>Why sockets in CLOSE are not seen; <see langword="null"/> when they are.</summary>
    public Phrase? CloseUnseen { get; }

    /// <summary>All sockets that were seen.</summary>
    public StateCount Sum
    {
        get
        {
            StateCount sum = default;
            foreach (var count in _byNumber)
                sum += count;
            return sum;
        }
    }

    /// <summary>The sums of several namespaces. CLOSE is unseen in the whole when it is unseen in one of them.</summary>
    public static StateCounts Add(StateCounts left, StateCounts right)
    {
        var sums = ImmutableArray.CreateBuilder<StateCount>(TcpStates.TableLength);
        for (int i = 0; i < TcpStates.TableLength; i++)
            sums.Add(left._byNumber[i] + right._byNumber[i]);
        return new StateCounts(sums.MoveToImmutable(), left.OrphanFinWait2 + right.OrphanFinWait2, left.CloseUnseen ?? right.CloseUnseen);
    }
}
