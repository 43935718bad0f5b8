using System.Collections.Immutable;

namespace TcpLens.Core.Filtering;

/// <summary>A <c>netns:</c> word. It is asked once per network namespace, not per socket.</summary>
public sealed class NamespaceChoice
{
    /// <summary>The name that stands for every namespace.</summary>
    public const string Every = "all";

    internal NamespaceChoice(bool negated, ImmutableArray<string> names)
    {
        IsNegated = negated;
        Names = names;
    }

    /// <summary>Whether the word excludes (<c>!netns:web</c>).</summary>
    public bool IsNegated { get; }

    /// <summary>Names, inode numbers, or <c>net:[4026531840]</c> as a namespace without a name is called; at least one.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>Whether the namespace with this name (where it has one) and inode may be read.</summary>
    public bool Allows(string? name, ulong inode) => Names.Any(wanted => Means(wanted, name, inode)) != IsNegated;

    private static bool Means(string wanted, string? name, ulong inode) =>
        wanted == Every || wanted == name || wanted == $"net:[{inode}]" || (NumberRange.TryParseNumber(wanted, out uint number) && number == inode);

    public override string ToString() => $"{(IsNegated ? "!" : "")}netns:{string.Join(',', Names)}";
}
