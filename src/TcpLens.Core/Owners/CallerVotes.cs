using System.Collections.Immutable;

namespace TcpLens.Core.Owners;

/// <summary>
/// The services with the most connections to one remote end, without a count for each that ever came: whoever has more than a quarter of them is among
/// the three that are left in the end (Misra and Gries, 1982), by that of its processes which has more than half of its own (Boyer and Moore, 1981).
/// </summary>
internal struct CallerVotes
{
    private Place _first;
    private Place _second;
    private Place _third;

    /// <summary>Those that are left, the one with the most votes first.</summary>
    public readonly ImmutableArray<Owner> Left =>
        [.. new[] { _first, _second, _third }.Where(one => one.Votes > 0).OrderByDescending(one => one.Votes).Select(one => one.Owner!)];

    /// <summary>Counts one connection.</summary>
    public void Add(Owner owner)
    {
        if (_first.TryAdd(owner) || _second.TryAdd(owner) || _third.TryAdd(owner) || _first.TryBegin(owner) || _second.TryBegin(owner) || _third.TryBegin(owner))
            return;
        _first.Votes--;
        _second.Votes--;
        _third.Votes--;
    }

    private struct Place
    {
        private int _lead;

        public Owner? Owner { get; private set; }

        public int Votes { get; set; }

        public bool TryAdd(Owner owner)
        {
            bool isSame = ReferenceEquals(Owner, owner);
            if (Votes == 0 || (!isSame && Owner!.Service != owner.Service))
                return false;
            Votes++;
            if (isSame)
                _lead++;
            else if (_lead > 0)
                _lead--;
            else
                (Owner, _lead) = (owner, 1);
            return true;
        }

        public bool TryBegin(Owner owner)
        {
            if (Votes > 0)
                return false;
            (Owner, Votes, _lead) = (owner, 1, 1);
            return true;
        }
    }
}
