using System.Collections.Immutable;
using System.CommandLine;
using TcpLens.Core.Text;

namespace TcpLens.CommandLine;

/// <summary>The words behind a command.</summary>
internal sealed class WordsArgument : Argument<string[]>
{
    public WordsArgument(string name, Phrase summary, ArgumentArity arity)
        : base(name)
    {
        Summary = summary;
        Arity = arity;
        CustomParser = result => [.. result.Tokens.Select(token => token.Value)];
    }

    public Phrase Summary { get; }

    /// <summary>The words there are, where they can be listed.</summary>
    public ImmutableArray<string> Values { get; init; } = [];
}
