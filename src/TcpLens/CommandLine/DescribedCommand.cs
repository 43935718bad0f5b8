using System.Collections.Immutable;
using System.CommandLine;
using TcpLens.Core.Text;

namespace TcpLens.CommandLine;

/// <summary>A command with its words in every language; help, man page and completion are made from it.</summary>
internal sealed class DescribedCommand(string name, Phrase summary) : Command(name, summary.English)
{
    /// <summary>What it does, in one line.</summary>
    public Phrase Summary { get; } = summary;

    /// <summary>What else one has to know, in paragraphs.</summary>
    public Phrase? Details { get; init; }

    /// <summary>The words that its arguments may be made of.</summary>
    public TermList? Terms { get; init; }

    public ImmutableArray<Example> Examples { get; init; } = [];
}
