using System.Collections.Immutable;
using TcpLens.Core.Model;
using TcpLens.Core.Text;

namespace TcpLens.Linux.Namespaces;

/// <summary>What a word of the user found: a namespace, or the reason why none was found.</summary>
public sealed record NamespaceMatch
{
    /// <summary>The namespace; <see langword="null"/> when <see cref="Failure"/> says why not.</summary>
    public NetworkNamespace? Namespace { get; init; }

    public Phrase? Failure { get; init; }

    /// <summary>On failure the names that would have been found, in the order of the survey; else empty.</summary>
    public ImmutableArray<string> Candidates { get; init; } = [];
}
