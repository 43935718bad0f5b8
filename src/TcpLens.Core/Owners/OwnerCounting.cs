using System.Runtime.InteropServices;
using TcpLens.Core.Grouping;
using TcpLens.Core.Model;
using TcpLens.Core.Sources;

namespace TcpLens.Core.Owners;

/// <summary>Makes an <see cref="OwnerCensus"/> of one look: each namespace has a sink of its own.</summary>
/// <param name="own">The name of the own namespace; the first one when <see langword="null"/>.</param>
public sealed class OwnerCounting(string? own = null)
{
    /// <summary>Ports whose listener is named; a tenth of a kilobyte each.</summary>
    private const int ListenersMaximum = 4096;

    /// <summary>Remote ends whose callers are told apart, as many as <see cref="PortCensus.DestinationsMaximum"/>.</summary>
    private const int CallersMaximum = PortCensus.DestinationsMaximum;

    /// <summary>Processes whose sockets are counted; whoever comes later is not among the largest that are told.</summary>
    private const int ProcessesMaximum = 4096;

    private static readonly GroupBy s_byService = GroupBy.All.First(by => by.Name == "service");

    private readonly List<(string Netns, SocketGroups Groups)> _namespaces = [];
    private readonly Dictionary<ushort, Owner> _listeners = [];
    private readonly Dictionary<TcpEndpoint, CallerVotes> _callers = [];
    private readonly Dictionary<Owner, int[]> _processes = new(ReferenceEqualityComparer.Instance);
    private readonly int[] _all = new int[TcpStates.TableLength];
    private readonly int[] _unknown = new int[TcpStates.TableLength];
    private readonly int?[] _oldest = new int?[TcpStates.TableLength];

    private string? Own { get; set; } = own;

    /// <summary>The sink of a namespace.</summary>
    public ISocketSink In(string netns, IOwnerLookup owners)
    {
        Own ??= netns;
        var groups = new SocketGroups(s_byService);
        _namespaces.Add((netns, groups));
        return new Sink(this, netns, owners, groups);
    }

    /// <summary>What was counted.</summary>
    public OwnerCensus ToCensus(OwnedPasses passes)
    {
        OwnerCount[] services = [.. _namespaces.SelectMany(one => one.Groups.Largest(SocketGroups.GroupsMaximum).Select(group => Count(one.Netns, group)))];
        OwnerCount[] largest = [.. services.OrderByDescending(one => one.Total).ThenBy(one => one.Owner.Service, StringComparer.Ordinal).ThenBy(one => one.Netns, StringComparer.Ordinal).Take(OwnerCensus.ServicesMaximum)];
        var states = Enumerable.Range(0, TcpStates.TableLength);
        return new OwnerCensus
        {
            Own = Own ?? "",
            Largest = [.. largest],
            Others = [.. states.Select(state => _all[state] - _unknown[state] - largest.Sum(one => one.ByState[state]))],
            Unknown = [.. _unknown],
            Gap = new OwnerGap(
                _namespaces.Sum(one => one.Groups.Matched), _namespaces.Sum(one => one.Groups.UnknownHeld), _namespaces.Sum(one => one.Groups.UnknownKernel), passes.Denied, passes.IsCut, passes.Refusal),
            Listeners = _listeners,
            Busiest = [.. _processes.OrderByDescending(one => one.Value.Sum()).Take(OwnerCensus.ProcessesMaximum).Select(one => one.Key)],
            Callers = _callers.ToDictionary(one => one.Key, one => one.Value.Left),
            Oldest = [.. _oldest],
            Foremost = [.. states.Select(state => Foremost(services, state))],
        };
    }

    private static OwnerCount Count(string netns, SocketGroup group) =>
        new(group.Owner!, netns, [.. Enumerable.Range(0, TcpStates.TableLength).Select(state => group[(TcpState)state])]);

    // The service with the most sockets in a state, named by that of its processes which has the most.
    private OwnerCount? Foremost(IEnumerable<OwnerCount> services, int state)
    {
        if (services.Where(one => one.Netns == Own && one.ByState[state] > 0).MaxBy(one => one.ByState[state]) is not { } most)
            return null;
        var process = _processes.Where(one => one.Key.Service == most.Owner.Service).MaxBy(one => one.Value[state]);
        return process.Value?[state] > 0 ? most with { Owner = process.Key } : most;
    }

    private void SeeProcess(Owner owner, TcpState state)
    {
        if (!_processes.TryGetValue(owner, out int[]? counts))
        {
            if (_processes.Count >= ProcessesMaximum)
                return;
            _processes.Add(owner, counts = new int[TcpStates.TableLength]);
        }

        counts[(int)state]++;
    }

    private void SeeOwn(in SocketRecord socket, Owner owner)
    {
        if (socket.IsListener)
        {
            if (_listeners.Count < ListenersMaximum)
                _listeners.TryAdd(socket.Local.Port, owner);
        }
        else if (socket.Remote.Port != 0 && !_listeners.ContainsKey(socket.Local.Port))
        {
            Vote(socket.Remote, owner);
        }
    }

    private void Vote(TcpEndpoint remote, Owner owner)
    {
        if (_callers.Count < CallersMaximum || _callers.ContainsKey(remote))
            CollectionsMarshal.GetValueRefOrAddDefault(_callers, remote, out _).Add(owner);
    }

    private sealed class Sink(OwnerCounting counting, string netns, IOwnerLookup owners, SocketGroups groups) : ISocketSink
    {
        private readonly bool _isOwn = netns == counting.Own;

        public SocketDetail Detail => SocketDetail.Owners;

        public bool Take(in SocketRecord socket)
        {
            var sighting = owners.OwnerOf(socket);
            groups.Add(netns, socket, sighting);
            counting._all[(int)socket.State]++;
            if (_isOwn && sighting.Seconds is { } seconds)
                counting._oldest[(int)socket.State] = Math.Max(seconds, counting._oldest[(int)socket.State] ?? 0);
            if (sighting.Owner is not { } owner)
            {
                counting._unknown[(int)socket.State]++;
                return true;
            }

            counting.SeeProcess(owner, socket.State);
            if (_isOwn)
                counting.SeeOwn(socket, owner);
            return true;
        }
    }
}
