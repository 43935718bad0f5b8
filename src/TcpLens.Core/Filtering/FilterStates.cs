using System.Collections.Immutable;
using TcpLens.Core.Model;

namespace TcpLens.Core.Filtering;

/// <summary>The words after <c>state:</c>: every spelling of a state, and names for groups of them.</summary>
public static class FilterStates
{
    /// <summary>
    /// The groups by name. <c>closing</c> alone is the state CLOSING; <c>connected</c> and <c>synchronized</c> mean what they mean in ss.
    /// </summary>
    public static ImmutableArray<(string Name, StateMask States)> Groups { get; } =
    [
        ("all", StateMask.All),
        ("idle", Of(StateGroup.Idle)),
        ("opening", Of(StateGroup.Opening)),
        ("open", Of(StateGroup.Open)),
        ("closing_by_us", Of(StateGroup.ClosingByUs)),
        ("closing_by_peer", Of(StateGroup.ClosingByPeer)),
        ("connected", ~Of(StateGroup.Idle)),
        ("synchronized", ~Of(StateGroup.Idle) & ~Of(StateGroup.Opening).Without(TcpState.SynRecv)),
    ];

    /// <summary>The canonical words: the eleven states, then the groups.</summary>
    public static IEnumerable<string> Words => TcpStates.All.Select(info => info.Name).Concat(Groups.Select(group => group.Name));

    /// <summary>Reads a state in any spelling or the name of a group, whatever the case and with <c>-</c> or <c>_</c>.</summary>
    public static bool TryParse(string word, out StateMask states)
    {
        if (TcpStates.TryParse(word, out var info))
        {
            states = new StateMask(info.Bit);
            return true;
        }

        string name = word.Replace('-', '_');
        foreach (var group in Groups)
        {
            if (group.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                states = group.States;
                return true;
            }
        }

        states = default;
        return false;
    }

    /// <summary>The shortest word that selects <paramref name="states"/>; empty for all.</summary>
    internal static string Canonical(StateMask states)
    {
        if (states == StateMask.All)
            return "";
        if (states.Bits == 0)
            return "!state:all";
        bool negated = TcpStates.All.Count(info => states.Contains(info.State)) > TcpStates.All.Length / 2;
        var named = negated ? ~states : states;
        return (negated ? "!state:" : "state:") + string.Join(',', TcpStates.All.Where(info => named.Contains(info.State)).Select(info => info.Name));
    }

    private static StateMask Of(StateGroup group) =>
        new(TcpStates.All.Where(info => info.Group == group).Aggregate(0u, (bits, info) => bits | info.Bit));

    private static StateMask Without(this StateMask mask, TcpState state) => mask & ~default(StateMask).With(state);
}
