using System.Collections.Immutable;
using TcpLens.Core.Model;

namespace TcpLens.Linux.Lab;

/// <summary>What the lab holds, counted as it was made: the truth against which a reading is held.</summary>
internal sealed class LabCensus
{
    private readonly StateCount[] _byNumber = new StateCount[TcpStates.TableLength];
    private readonly Lock _lock = new();
    private long _orphanFinWait2;

    public void Add(TcpState state, LabFamily family, int count)
    {
        lock (_lock)
        {
            _byNumber[(int)state] += family switch
            {
                LabFamily.IPv4 => new StateCount(count, 0, 0),
                LabFamily.IPv6 => new StateCount(0, count, 0),
                _ => new StateCount(0, count, count),
            };
        }
    }

    public void AddOrphanFinWait2(LabFamily family, int count)
    {
        Add(TcpState.FinWait2, family, count);
        lock (_lock)
            _orphanFinWait2 += count;
    }

    public StateCounts ToCounts()
    {
        lock (_lock)
            return new StateCounts(ImmutableArray.Create(_byNumber), _orphanFinWait2, closeUnseen: null);
    }
}
