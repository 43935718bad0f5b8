using System.Collections.Immutable;
using TcpLens.Core.Text;

namespace TcpLens.Core.Filtering;

/// <summary>One word before the colon: what help, manual page and completion say of it.</summary>
public sealed record FilterKey
{
    /// <summary>The canonical name: <c>lport</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Other names with the same meaning, known from other tools: <c>sport</c>.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>What it compares, in one short line.</summary>
    public required Phrase Description { get; init; }

    /// <summary>What may stand after the colon; continues "expected".</summary>
    public required Phrase Expected { get; init; }

    /// <summary>A word that a person may copy: <c>lport:8000-8999</c>.</summary>
    public required string Example { get; init; }

    /// <summary>The words that may stand after the colon, for completion; empty where any number, address or name may.</summary>
    public ImmutableArray<string> Values { get; init; } = [];

    internal FilterField Field { get; init; }

    /// <summary>Whether <paramref name="name"/> is the name or an alias, whatever the case.</summary>
    public bool IsCalled(ReadOnlySpan<char> name)
    {
        if (name.Equals(Name, StringComparison.OrdinalIgnoreCase))
            return true;
        foreach (string alias in Aliases)
        {
            if (name.Equals(alias, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
