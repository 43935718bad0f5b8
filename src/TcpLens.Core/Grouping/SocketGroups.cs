using TcpLens.Core.Model;
using TcpLens.Core.Owners;

namespace TcpLens.Core.Grouping;

/// <summary>Counts sockets by group and state. Bounded: what belongs to no group that found a place is counted as a whole.</summary>
public sealed class SocketGroups(GroupBy by)
{
    /// <summary>Groups that are told apart; a group takes a tenth of a kilobyte, an owner's two tenths.</summary>
    public const int GroupsMaximum = 100_000;

    private readonly Dictionary<UInt128, int> _places = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly List<Owner> _owners = [];
    private int[] _counts = new int[64 * TcpStates.TableLength];
    private int[] _totals = new int[64];
    private int[] _oldest = [];
    private byte[] _certainties = [];

    public long Matched { get; private set; }

    /// <summary>Sockets whose group found no place.</summary>
    public long Unplaced { get; private set; }

    /// <summary>Sockets without owner that a process holds; 0 unless the groups are owners.</summary>
    public long UnknownHeld { get; private set; }

    /// <summary>Sockets without owner that the kernel alone holds; 0 unless the groups are owners.</summary>
    public long UnknownKernel { get; private set; }

    public int Count => _places.Count;

    /// <summary>Counts one socket; its owner matters only when the groups are owners.</summary>
    public void Add(string netns, in SocketRecord socket, in OwnerSighting sighting)
    {
        Matched++;
        if (by.NeedsOwner && sighting.Owner is null)
        {
            if (socket.Inode != 0)
                UnknownHeld++;
            else
                UnknownKernel++;
            return;
        }

        var key = by.IsText ? (UInt128)NumberOf(by.IsByNamespace ? netns : by.KeyOf(sighting.Owner!)) : by.KeyOf(socket);
        if (!_places.TryGetValue(key, out int place))
        {
            if (_places.Count >= GroupsMaximum)
            {
                Unplaced++;
                return;
            }

            place = _places.Count;
            _places.Add(key, place);
            Grow(place);
            if (by.NeedsOwner)
                _owners.Add(sighting.Owner!);
        }

        _totals[place]++;
        int cell = (place * TcpStates.TableLength) + (int)socket.State;
        _counts[cell]++;
        if (!by.NeedsOwner)
            return;
        _certainties[place] |= (byte)(1 << (int)sighting.Certainty);
        _oldest[cell] = Math.Max(_oldest[cell], (sighting.Seconds ?? -1) + 1);
    }

    /// <summary>The largest groups, at most so many; equal ones by their key.</summary>
    public IEnumerable<SocketGroup> Largest(int most) => _places
        .OrderByDescending(one => _totals[one.Value]).ThenBy(one => one.Key)
        .Take(most)
        .Select(one => new SocketGroup(
            by.IsText ? _names[(int)one.Key] : by.TextOf(one.Key),
            _totals[one.Value],
            Cells(_counts, one.Value),
            by.NeedsOwner ? Cells(_oldest, one.Value) : default,
            by.NeedsOwner ? _certainties[one.Value] : (byte)0,
            by.NeedsOwner ? _owners[one.Value] : null));

    private static ArraySegment<int> Cells(int[] table, int place) => new(table, place * TcpStates.TableLength, TcpStates.TableLength);

    // Beyond the maximum no group finds a place: its name need not be kept.
    private int NumberOf(string name)
    {
        if (_numbers.TryGetValue(name, out int number))
            return number;
        if (_names.Count >= GroupsMaximum)
            return int.MaxValue;
        _numbers.Add(name, _names.Count);
        _names.Add(name);
        return _names.Count - 1;
    }

    private void Grow(int place)
    {
        if (place >= _totals.Length)
        {
            Array.Resize(ref _totals, _totals.Length * 2);
            Array.Resize(ref _counts, _totals.Length * TcpStates.TableLength);
        }

        if (!by.NeedsOwner || place < _certainties.Length)
            return;
        Array.Resize(ref _certainties, _totals.Length);
        Array.Resize(ref _oldest, _totals.Length * TcpStates.TableLength);
    }
}
