using System.Collections.Immutable;

namespace TcpLens.Core.Model;

/// <summary>
/// The network namespaces of the machine, each once, at one moment. Without privilege a namespace may stand in it twice: once by its file in
/// <c>/run/netns</c> and once by a process inside that may not be asked. The file's one then can be neither entered nor read, so that no
/// socket is counted twice.
/// </summary>
public sealed record NamespaceSurvey
{
    /// <summary>The host's first, the others by name.</summary>
    public required ImmutableArray<NetworkNamespace> Namespaces { get; init; }

    /// <summary>Number of processes that were looked at.</summary>
    public int Processes { get; init; }

    /// <summary>Number of processes that could not be looked at, for want of permission: their namespaces may be missing.</summary>
    public int ProcessesUnseen { get; init; }

    /// <summary>Whether there were more namespaces than a survey may hold.</summary>
    public bool IsTruncated { get; init; }

    /// <summary>The namespace of the thread that made the survey.</summary>
    public NetworkNamespace Own
    {
        get
        {
            foreach (var candidate in Namespaces)
            {
                if (candidate.IsOwn)
                    return candidate;
            }

            throw new InvalidOperationException("a survey without the namespace of its maker");
        }
    }
}
