using TcpLens.Core.Model;
using TcpLens.Core.Readings;
using TcpLens.Core.Text;

namespace TcpLens.Core.Monitoring;

/// <summary>Connections that begin and end between two readings: the kernel counts them, and no reading shows them. No trouble, but no picture of them either.</summary>
/// <param name="PerSecond">At least so many.</param>
public readonly record struct Churn(double PerSecond)
{
    /// <summary>Of fewer between two readings it does not matter that they are not seen.</summary>
    private const long ConnectionsMinimum = 100;

    /// <summary>Most of what is opened has to be unseen.</summary>
    private const double Most = 0.5;

    /// <summary>What both readings together do not show; <see langword="null"/> when they show most of what was opened, or it is not counted.</summary>
    /// <param name="before">The earlier reading.</param>
    /// <param name="now">The later one, of the same namespace.</param>
    /// <param name="elapsed">Time between both.</param>
    public static Churn? Between(StateReading before, StateReading now, TimeSpan elapsed)
    {
        if (now.Opened - before.Opened is not { } opened || opened < ConnectionsMinimum || elapsed <= TimeSpan.Zero)
            return null;
        // All that is there now may have been opened meanwhile; the rest was there in neither.
        long there = now.Counts.Sum.Total - (now.Counts[TcpState.Listen]?.Total ?? 0) - (now.Counts[TcpState.Close]?.Total ?? 0);
        long unseen = opened - there;
        return unseen >= Most * opened ? new Churn(unseen / elapsed.TotalSeconds) : null;
    }

    /// <summary>For people, with a number that does not change with every reading.</summary>
    public Phrase Text => new Phrase(
        "{0} connections a second begin and end between readings: most are in no snapshot, the kernel's counters count them all",
        "每秒约 {0} 个连接在两次读取之间开始并结束：大多不会出现在任何一次读取中，内核计数器则全部计入").With($"{Rounded:N0}");

    // Two digits of it.
    private double Rounded
    {
        get
        {
            double unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(Math.Max(1, PerSecond))) - 1));
            return Math.Round(PerSecond / unit) * unit;
        }
    }
}
