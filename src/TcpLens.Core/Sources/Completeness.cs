namespace TcpLens.Core.Sources;

/// <summary>How much of the truth one pass has seen.</summary>
public enum Completeness
{
    /// <summary>The kernel said that it told everything, and its own counters agree.</summary>
    Complete,

    /// <summary>The table changed under the reader so that sockets may be missing or doubled.</summary>
    Interrupted,

    /// <summary>The reading ended before the kernel had told everything.</summary>
    Truncated,

    /// <summary>A part is missing for a known reason (a file that does not exist, a family that is denied).</summary>
    Partial,
}
