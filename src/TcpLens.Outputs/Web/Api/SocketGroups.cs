using TcpLens.Core.Model;
using TcpLens.Core.Sources;

namespace TcpLens.Outputs.Web.Api;

/// <summary>Counts sockets by group and state. Bounded: what belongs to no group that found a place is counted as a whole.</summary>
internal sealed class SocketGroups(GroupBy by) : ISocketTable, IKeyedSink
{
    /// <summary>Groups that are told apart; a group takes a tenth of a kilobyte.</summary>
    public const int GroupsMaximum = 100_000;

    private readonly Dictionary<UInt128, int> _places = [];
    private readonly List<string> _namespaces = [];
    private int[] _counts = new int[64 * TcpStates.TableLength];
    private int[] _totals = new int[64];

    public long Matched { get; private set; }

    /// <summary>Sockets whose group found no place.</summary>
    public long Unplaced { get; private set; }

    public int Count => _places.Count;

    public SocketDetail Detail => by.Detail;

    public void Add(string netns, in SocketRecord socket) => Add(by.IsByNamespace ? (UInt128)NumberOf(netns) : by.KeyOf(socket), socket.State, 1);

    public void Add(UInt128 key, TcpState state, long count)
    {
        Matched += count;
        if (!_places.TryGetValue(key, out int place))
        {
            if (_places.Count >= GroupsMaximum)
            {
                Unplaced += count;
                return;
            }

            place = _places.Count;
            _places.Add(key, place);
            Grow(place);
        }

        _totals[place] += (int)count;
        _counts[(place * TcpStates.TableLength) + (int)state] += (int)count;
    }

    public void AddOthers(long count)
    {
        Matched += count;
        Unplaced += count;
    }

    /// <summary>The largest groups, at most so many; equal ones by their key.</summary>
    public IEnumerable<(string Key, int Total, ArraySegment<int> ByState)> Largest(int most) => _places
        .OrderByDescending(one => _totals[one.Value]).ThenBy(one => one.Key)
        .Take(most)
        .Select(one => (
            by.IsByNamespace ? _namespaces[(int)one.Key] : by.TextOf(one.Key),
            _totals[one.Value],
            new ArraySegment<int>(_counts, one.Value * TcpStates.TableLength, TcpStates.TableLength)));

    // A pass tells one namespace after the other: the name is nearly always the last one.
    private int NumberOf(string netns)
    {
        int number = _namespaces.LastIndexOf(netns);
        if (number >= 0)
            return number;
        _namespaces.Add(netns);
        return _namespaces.Count - 1;
    }

    private void Grow(int place)
    {
        if (place < _totals.Length)
            return;
        Array.Resize(ref _totals, _totals.Length * 2);
        Array.Resize(ref _counts, _totals.Length * TcpStates.TableLength);
    }
}
