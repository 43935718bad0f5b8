using System.Collections.Immutable;
using TcpLens.Core.Text;

namespace TcpLens.CommandLine;

/// <summary>Words of a little language that a command takes, each with its meaning.</summary>
internal sealed record TermList(Phrase Heading, Phrase Introduction, ImmutableArray<(string Term, Phrase Meaning)> Terms);
