using System.Runtime.InteropServices;

namespace TcpLens.Linux.Bpf;

/// <summary>What one run over a piece of a table says of itself: the beginning of <c>struct walk</c> (<c>programs/walk.h</c>).</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct WalkFacts
{
    /// <summary>Address of the calling thread's network namespace: a name, nothing more.</summary>
    public ulong Namespace { get; init; }

    /// <summary>Address of the table.</summary>
    public ulong Table { get; init; }

    /// <summary>Buckets of the whole table.</summary>
    public ulong Buckets { get; init; }

    /// <summary>Rows told, or that would have been told had there been room.</summary>
    public ulong Rows { get; init; }

    /// <summary>Sockets looked at, those of other namespaces too.</summary>
    public ulong Visited { get; init; }

    /// <summary>Chains that led into another one.</summary>
    public ulong Drifted { get; init; }

    /// <summary>Chains that were too long to be followed to the end.</summary>
    public ulong Overlong { get; init; }

    /// <summary>Reads that found no memory.</summary>
    public ulong Faults { get; init; }

    /// <summary>Groups told.</summary>
    public ulong Groups { get; init; }

    /// <summary>Sockets whose group found no place.</summary>
    public ulong Unplaced { get; init; }

    /// <summary>Whether the run was too long for what it had to tell.</summary>
    public bool HasOverflown => Rows > WalkLayout.RowsMaximum || Overlong + Unplaced > 0;
}
