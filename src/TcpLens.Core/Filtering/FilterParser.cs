using TcpLens.Core.Model;

namespace TcpLens.Core.Filtering;

/// <summary>Reads the text of one filter, once. Full-width punctuation, as a Chinese keyboard types it, means the same as ASCII.</summary>
internal sealed class FilterParser(string text)
{
    private readonly List<FilterTerm> _terms = [];
    private readonly List<NamespaceChoice> _namespaces = [];
    private StateMask _states = StateMask.All;
    private int _words;
    private int _alternatives;

    /// <summary>Why <see cref="Parse"/> returned nothing.</summary>
    public FilterError? Error { get; private set; }

    public SocketFilter? Parse()
    {
        if (text.Length > SocketFilter.MaxCharacters)
            return Fail(new Slice(text, SocketFilter.MaxCharacters, text.Length), FilterMessages.TooLong());

        int position = 0;
        while (position < text.Length)
        {
            int start = position;
            while (position < text.Length && !char.IsWhiteSpace(text[position]))
                position++;
            if (position > start && !ReadWord(new Slice(text, start, position)))
                return null;
            position++;
        }

        var filter = new SocketFilter(_states, _terms, _namespaces);
        // Some words grow when they are written canonically, and the canonical form has to be a filter too.
        return filter.ToString().Length > SocketFilter.MaxCharacters ? Fail(new Slice(text, 0, text.Length), FilterMessages.TooLong()) : filter;
    }

    private bool ReadWord(Slice word)
    {
        if (++_words > SocketFilter.MaxWords)
            return Refuse(word, FilterMessages.TooManyWords());
        bool negated = word.Span[0] is '!' or '-' or '！';
        var bare = negated ? word.From(1) : word;
        if (bare.IsEmpty)
            return Refuse(word, FilterMessages.NothingNegated());

        int colon = bare.Span.IndexOfAny(':', '：');
        if (colon < 0)
            return ReadBareWord(bare, negated);
        var name = bare.To(colon);
        if (FilterKeys.Find(name.Span) is { } key)
            return ReadValues(key, negated, bare, bare.From(colon + 1));
        // An IPv6 address has colons of its own; ":443" has no key to point at.
        return AddressPrefix.TryParse(bare.Span, out _)
            ? Refuse(bare, FilterMessages.BareWord(bare.Span))
            : Refuse(name.IsEmpty ? bare : name, FilterMessages.UnknownKey(name.Span));
    }

    private bool ReadBareWord(Slice word, bool negated)
    {
        if (!FilterStates.TryParse(word.ToString(), out var states))
            return Refuse(word, FilterMessages.BareWord(word.Span));
        Add(states, negated);
        return true;
    }

    private bool ReadValues(FilterKey key, bool negated, Slice word, Slice values)
    {
        if (values.IsEmpty)
            return Refuse(word, FilterMessages.NoValue(key));

        var read = new FilterAlternatives(key.Field);
        for (int start = 0; start <= values.Length;)
        {
            int comma = values.From(start).Span.IndexOfAny(",，、");
            int end = comma < 0 ? values.Length : start + comma;
            var value = values.From(start).To(end - start);
            if (value.IsEmpty)
                return Refuse(values.From(Math.Min(start, values.Length - 1)).To(1), FilterMessages.EmptyAlternative(key));
            // States fold into one mask and cost nothing.
            if (key.Field != FilterField.State && ++_alternatives > SocketFilter.MaxAlternatives)
                return Refuse(value, FilterMessages.TooManyAlternatives());
            if (!read.TryAdd(value.Span))
                return Refuse(value, FilterMessages.WrongValue(key, value.Span));
            start = end + 1;
        }

        if (key.Field == FilterField.State)
            Add(read.States, negated);
        else if (key.Field == FilterField.Namespace)
            _namespaces.Add(new NamespaceChoice(negated, [.. read.Names.Order(StringComparer.Ordinal)]));
        else
            _terms.Add(new FilterTerm(key.Field, negated, read));
        return true;
    }

    private void Add(StateMask states, bool negated) => _states &= negated ? ~states : states;

    private bool Refuse(Slice where, Text.Phrase message)
    {
        Fail(where, message);
        return false;
    }

    private SocketFilter? Fail(Slice where, Text.Phrase message)
    {
        Error = new FilterError(text, where.Start, where.Length, message);
        return null;
    }

    /// <summary>A part of the filter that knows where it stands.</summary>
    private readonly record struct Slice(string Text, int Start, int End)
    {
        public int Length => End - Start;

        public bool IsEmpty => Start == End;

        public ReadOnlySpan<char> Span => Text.AsSpan(Start, Length);

        public Slice From(int offset) => this with { Start = Start + offset };

        public Slice To(int length) => this with { End = Start + length };

        public override string ToString() => Span.ToString();
    }
}
