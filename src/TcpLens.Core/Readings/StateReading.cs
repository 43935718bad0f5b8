using TcpLens.Core.Model;
using TcpLens.Core.Sources;
using TcpLens.Core.Text;

namespace TcpLens.Core.Readings;

/// <summary>The states of one network namespace in one pass. A pass takes <see cref="Duration"/>; it is not an instant.</summary>
public sealed record StateReading
{
    public required StateCounts Counts { get; init; }

    /// <summary>The source that was read: <c>bpf</c>, <c>netlink</c>, <c>proc</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Why a better source was not used; <see langword="null"/> when the best one was.</summary>
    public Phrase? SourceReason { get; init; }

    /// <summary>So many sockets make eBPF the faster source; <see langword="null"/> where it is read, does not work, or was not to be chosen.</summary>
    public long? WalkedFrom { get; init; }

    /// <summary>Reading the kernel, from the first request to the last answer.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Loading before the reading: choosing and opening the source.</summary>
    public TimeSpan Setup { get; init; }

    public Completeness Completeness { get; init; }

    /// <summary>Why the reading is not complete; <see langword="null"/> when it is.</summary>
    public Phrase? CompletenessReason { get; init; }

    /// <summary>Connections that the namespace has opened since it exists, in either direction, by the kernel's count; <see langword="null"/> where it was not read. Source: ActiveOpens and PassiveOpens, RFC 4022.</summary>
    public long? Opened { get; init; }

    /// <summary>As <see cref="Pass.ChainsWalkedAgain"/>.</summary>
    public int ChainsWalkedAgain { get; init; }
}
