using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using TcpLens.Core.Model;
using TcpLens.Core.Owners;
using TcpLens.Core.Sources;

namespace TcpLens.Core.Filtering;

/// <summary>
/// Which sockets are wanted: <c>state:close_wait port:443 remote:10.0.0.0/8 netns:web family:6</c>. All words have to hold; commas inside
/// a word are alternatives; a leading <c>!</c> turns a word round. The keys are <see cref="FilterKeys.All"/>.
/// </summary>
public sealed class SocketFilter : IEquatable<SocketFilter>
{
    /// <summary>Characters that a filter may have: more than any person types, and a bound for what an API accepts.</summary>
    public const int MaxCharacters = 1_000;

    /// <summary>Words that a filter may have.</summary>
    public const int MaxWords = 64;

    /// <summary>Alternatives that a filter may have in all its words: every one may be compared with every socket.</summary>
    public const int MaxAlternatives = 256;

    private readonly FilterTerm[] _terms;
    private readonly string _text;

    internal SocketFilter(StateMask states, IEnumerable<FilterTerm> terms, IEnumerable<NamespaceChoice> namespaces)
    {
        _terms = [.. terms.DistinctBy(term => term.ToString(), StringComparer.Ordinal)
            .OrderBy(term => term.Field).ThenBy(term => term.ToString(), StringComparer.Ordinal)];
        AsksOwner = _terms.Any(term => term.IsOwner);
        Namespaces = [.. namespaces.DistinctBy(choice => choice.ToString(), StringComparer.Ordinal)
            .OrderBy(choice => choice.ToString(), StringComparer.Ordinal)];
        States = _terms.Any(term => term.IsQueue && !term.IsNegated) ? states & ~default(StateMask).With(TcpState.Listen) : states;
        _text = Canonical(states);
    }

    /// <summary>The filter that every socket passes; its text is empty.</summary>
    public static SocketFilter Everything { get; } = new(StateMask.All, [], []);

    /// <summary>Whether a word asks for the owner: then <see cref="Matches(in SocketRecord)"/> alone is not enough.</summary>
    public bool AsksOwner { get; }

    /// <summary>The states that it can match: no other need be asked of the kernel.</summary>
    public StateMask States { get; }

    /// <summary>The <c>netns:</c> words, all of which have to hold; empty where only the own namespace is wanted.</summary>
    public ImmutableArray<NamespaceChoice> Namespaces { get; }

    /// <summary>Whether states and namespaces are all that it asks for.</summary>
    public bool IsOfStates => _terms.Length == 0;

    /// <summary>How much of a socket it looks at.</summary>
    public SocketDetail Detail => _terms.Any(term => term.IsQueue) ? SocketDetail.All
        : AsksOwner || _terms.Any(term => term.Field is FilterField.Owned or FilterField.User) ? SocketDetail.Owners : SocketDetail.Ends;

    /// <summary>Reads a filter. An empty text is <see cref="Everything"/>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SocketFilter? filter, [NotNullWhen(false)] out FilterError? error)
    {
        var parser = new FilterParser(text);
        filter = parser.Parse();
        error = parser.Error;
        return filter is not null;
    }

    /// <summary>Whether <paramref name="socket"/> passes all words but <see cref="Namespaces"/> and those that ask for its owner. Allocates nothing.</summary>
    public bool Matches(in SocketRecord socket)
    {
        if (!States.Contains(socket.State))
            return false;
        foreach (var term in _terms)
        {
            if (!term.IsOwner && !term.Matches(socket))
                return false;
        }

        return true;
    }

    /// <summary>Whether the owner of a socket passes the words that ask for one (<see cref="AsksOwner"/>); an unknown one passes only negated words.</summary>
    public bool MatchesOwner(Owner? owner)
    {
        foreach (var term in _terms)
        {
            if (term.IsOwner && !term.Matches(owner))
                return false;
        }

        return true;
    }

    /// <summary>Whether sockets of the namespace with this name (where it has one) and inode are wanted.</summary>
    public bool MatchesNamespace(string? name, ulong inode)
    {
        foreach (var choice in Namespaces)
        {
            if (!choice.Allows(name, inode))
                return false;
        }

        return true;
    }

    public bool Equals(SocketFilter? other) => other is not null && _text == other._text;

    public override bool Equals(object? obj) => Equals(obj as SocketFilter);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_text);

    /// <summary>The canonical form: parses back to an equal filter.</summary>
    public override string ToString() => _text;

    private string Canonical(StateMask states)
    {
        var words = new List<string>();
        if (states != StateMask.All)
            words.Add(FilterStates.Canonical(states));
        words.AddRange(_terms.Where(term => term.Field < FilterField.Namespace).Select(term => term.ToString()));
        words.AddRange(Namespaces.Select(choice => choice.ToString()));
        words.AddRange(_terms.Where(term => term.Field > FilterField.Namespace).Select(term => term.ToString()));
        return string.Join(' ', words);
    }
}
