using System.Collections.Immutable;
using TcpLens.Core.Model;
using TcpLens.Core.Text;

namespace TcpLens.Core.Explain;

/// <summary>
/// The manual page of one state. Texts may hold <c>{placeholders}</c> of <see cref="HostValues"/>; fill them before they are shown.
/// </summary>
public sealed record StatePage
{
    public required TcpState State { get; init; }

    public required Phrase WhatItIs { get; init; }

    /// <summary>Which packet or system call leads into the state on this host.</summary>
    public required Phrase Entered { get; init; }

    /// <summary>Which packet, system call or timer ends it on this host.</summary>
    public required Phrase Left { get; init; }

    /// <summary>What the other end's socket is in meanwhile.</summary>
    public required Phrase Peer { get; init; }

    /// <summary>How long Linux lets it last.</summary>
    public required Phrase Lasts { get; init; }

    public required Phrase ManyMean { get; init; }

    public required Phrase ManyDoNotMean { get; init; }

    public required ImmutableArray<CommandHint> LookNext { get; init; }

    public required ImmutableArray<Correction> OftenSaid { get; init; }

    /// <summary>Where the facts can be checked: RFC sections, kernel files, named posts.</summary>
    public required ImmutableArray<string> Sources { get; init; }
}
