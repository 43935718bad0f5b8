using System.Collections.Immutable;
using System.CommandLine;
using TcpLens.Core.Text;

namespace TcpLens.CommandLine;

/// <summary>An option that takes a value (<see cref="ValueName"/>) as text; the command reads it and knows what is wrong with it.</summary>
internal sealed class ValueOption(string name, string valueName, Phrase summary, params string[] aliases) : Option<string>(name, aliases)
{
    public Phrase Summary { get; } = summary;

    public string ValueName { get; } = valueName;

    /// <summary>The value that was typed, on a command line that may yet be found wrong; <see langword="null"/> without one.</summary>
    public string? TypedIn(ParseResult parsed) => parsed.GetResult(this)?.Tokens is [var token, ..] ? token.Value : null;

    /// <summary>The values there are, where they can be listed.</summary>
    public ImmutableArray<string> Values { get; init; } = [];
}
