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

    /// <summary>The words there are, where they can be listed; one that ends with <c>:</c> or <c>=</c> is only the beginning of a word.</summary>
    public ImmutableArray<string> Values { get; init; } = [];

    /// <summary>Whether some of <see cref="Values"/> are only the beginning of a word.</summary>
    public bool HasBeginnings => Values.Any(value => value[^1] is ':' or '=');

    /// <summary>What may follow such a beginning, as alternatives between commas.</summary>
    public ImmutableArray<(string Beginning, ImmutableArray<string> Values)> Continuations { get; init; } = [];
}
