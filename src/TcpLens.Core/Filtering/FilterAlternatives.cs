using TcpLens.Core.Model;

namespace TcpLens.Core.Filtering;

/// <summary>The values of one word, read one by one.</summary>
internal sealed class FilterAlternatives(FilterField field)
{
    public StateMask States { get; private set; }

    public SortedSet<string> Names { get; } = new(StringComparer.Ordinal);

    public List<NumberRange> Numbers { get; } = [];

    public List<AddressPrefix> Prefixes { get; } = [];

    /// <summary>Takes one value; <see langword="false"/> when it is not of the kind that the field wants.</summary>
    public bool TryAdd(ReadOnlySpan<char> value) => field switch
    {
        FilterField.State => TryAddStates(value),
        FilterField.Port or FilterField.LocalPort or FilterField.RemotePort => TryAddRange(value, ushort.MaxValue),
        FilterField.User => TryAddRange(value, uint.MaxValue),
        FilterField.Address or FilterField.LocalAddress or FilterField.RemoteAddress => TryAddPrefix(value),
        FilterField.Family => TryAddFamily(value),
        FilterField.Mapped or FilterField.Owned => TryAddYesNo(value),
        FilterField.ReceiveQueue or FilterField.SendQueue => TryAddComparison(value),
        _ => TryAddName(value),
    };

    private bool TryAddStates(ReadOnlySpan<char> value)
    {
        if (!FilterStates.TryParse(value.ToString(), out var states))
            return false;
        States = new StateMask(States.Bits | states.Bits);
        return true;
    }

    private bool TryAddRange(ReadOnlySpan<char> value, uint maximum)
    {
        int dash = value.IndexOf('-');
        if (!NumberRange.TryParseNumber(dash < 0 ? value : value[..dash], out uint low))
            return false;
        uint high = low;
        if (dash >= 0 && !NumberRange.TryParseNumber(value[(dash + 1)..], out high))
            return false;
        return TryAddRange(low, high, maximum);
    }

    private bool TryAddRange(uint low, uint high, uint maximum)
    {
        if (low > high || high > maximum)
            return false;
        Numbers.Add(new NumberRange(low, high));
        return true;
    }

    private bool TryAddPrefix(ReadOnlySpan<char> value)
    {
        if (!AddressPrefix.TryParse(value, out var prefix))
            return false;
        Prefixes.Add(prefix);
        return true;
    }

    private bool TryAddFamily(ReadOnlySpan<char> value)
    {
        Span<char> lower = stackalloc char[5];
        uint family = value.ToLowerInvariant(lower) < 0 ? 0u : lower[..value.Length] switch
        {
            "4" or "v4" or "ipv4" or "inet" => 4,
            "6" or "v6" or "ipv6" or "inet6" => 6,
            _ => 0u,
        };
        return family != 0 && TryAddRange(family, family, uint.MaxValue);
    }

    private bool TryAddYesNo(ReadOnlySpan<char> value)
    {
        bool yes = value.Equals("yes", StringComparison.OrdinalIgnoreCase) || value.Equals("true", StringComparison.OrdinalIgnoreCase) || value is "是";
        bool no = value.Equals("no", StringComparison.OrdinalIgnoreCase) || value.Equals("false", StringComparison.OrdinalIgnoreCase) || value is "否";
        return (yes || no) && TryAddRange(yes ? 1u : 0u, yes ? 1u : 0u, 1);
    }

    private bool TryAddComparison(ReadOnlySpan<char> value)
    {
        bool greater = value is ['>', ..];
        bool less = value is ['<', ..];
        bool equal = value is [_, '=', ..] && (greater || less);
        if (!greater && !less)
            return TryAddRange(value is ['=', ..] ? value[1..] : value, uint.MaxValue);
        if (!NumberRange.TryParseNumber(value[(equal ? 2 : 1)..], out uint border))
            return false;

        // Nothing is below 0 or above the largest queue: such a word could never hold and is a mistake.
        if (greater)
            return (equal || border < uint.MaxValue) && TryAddRange(equal ? border : border + 1, uint.MaxValue, uint.MaxValue);
        return (equal || border > 0) && TryAddRange(0, equal ? border : border - 1, uint.MaxValue);
    }

    private bool TryAddName(ReadOnlySpan<char> value)
    {
        Names.Add(value.ToString());
        return true;
    }
}
