using TcpLens.Core.Text;

namespace TcpLens.Core.Sources;

/// <summary>What a source says about one pass over the kernel's tables.</summary>
public sealed record Pass
{
    /// <summary>A pass over everything that the source can see.</summary>
    public static Pass Whole { get; } = new();

    public Completeness Completeness { get; init; }

    /// <summary>Why the pass is not complete; <see langword="null"/> when it is.</summary>
    public Phrase? Reason { get; init; }

    /// <summary>Why sockets in state CLOSE are invisible to this source on this kernel; <see langword="null"/> when they are seen.</summary>
    public Phrase? CloseUnseen { get; init; }

    /// <summary>Rows that could not be understood and were passed over. Anything but 0 makes a pass <see cref="Completeness.Partial"/>.</summary>
    public int BadRows { get; init; }

    /// <summary>Chains of the kernel's table that led the reader elsewhere and were walked again: nothing is missing, nothing doubled.</summary>
    public int ChainsWalkedAgain { get; init; }
}
