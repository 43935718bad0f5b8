using System.Collections.Immutable;
using TcpLens.Core.Model;
using TcpLens.Core.Readings;
using TcpLens.Core.Sources;
using TcpLens.Core.Text;
using TcpLens.Linux.Counters;
using TcpLens.Linux.Interop;
using TcpLens.Linux.Namespaces;
using TcpLens.Linux.ProcNet;

namespace TcpLens.Linux.Reading;

/// <summary>
/// Reads the caller's own network namespace, a named one, or all of the host. A namespace that one may not enter is read from outside,
/// through the files of a process inside. One thread at a time.
/// </summary>
public sealed class HostReader(TimeProvider clock, SourceChoice source, bool staysLoaded = false) : IDisposable
{
    /// <summary>The word that asks for every namespace.</summary>
    public const string All = "all";

    private readonly StateReader _states = new(clock, source, staysLoaded);
    private PortCensus? _ports;

    /// <summary>Counts the states.</summary>
    /// <param name="netns">A name, an inode or process number, a path, <see cref="All"/>; <see langword="null"/> for the caller's own.</param>
    /// <param name="countOthers">Whether to look how many other namespaces there are: a walk over all processes.</param>
    /// <exception cref="NamespaceNotFoundException">There is no such namespace.</exception>
    /// <exception cref="SourceUnavailableException">The own namespace cannot be read.</exception>
    public HostReading Read(string? netns, bool countOthers)
    {
        var reading = new HostReading
        {
            HostName = Environment.MachineName,
            Kernel = KernelRelease.Current.Text,
            At = clock.GetLocalNow(),
            Namespaces = [],
        };
        if (netns is null && !countOthers)
            return reading with { Namespaces = [new NamespaceReading(OwnNamespace.Name, OwnNamespace.Inode, _states.Read())] };

        var survey = NamespaceScanner.Scan();
        var chosen = Choose(survey, netns, null);
        return reading with
        {
            Namespaces = Read(chosen),
            OtherNamespaces = Math.Max(0, survey.Namespaces.Length - chosen.Length),
            IsAll = netns == All,
        };
    }

    /// <summary>Reads a namespace in full, in one pass over its sockets.</summary>
    /// <param name="netns">A name, an inode or process number, a path; <see langword="null"/> for the caller's own.</param>
    /// <exception cref="NamespaceNotFoundException">There is no such namespace.</exception>
    /// <exception cref="SourceUnavailableException">It cannot be read, or not entered.</exception>
    public DetailedReading ReadDetailed(string? netns = null)
    {
        if (netns is null)
            return ReadOwn();
        try
        {
            return NamespaceEntry.Run(Choose(NamespaceScanner.Scan(), netns, null)[0], ReadOwn);
        }
        catch (NamespaceEntryException shut)
        {
            throw new SourceUnavailableException(netns, shut.Reason);
        }
    }

    /// <summary>Counts the states of every namespace of an earlier survey but the caller's own. One that has gone meanwhile says so.</summary>
    public ImmutableArray<NamespaceReading> ReadOthers(NamespaceSurvey survey) => Read([.. survey.Namespaces.Where(one => !one.IsOwn)]);

    /// <summary>Makes the source ready that <see cref="Stream"/> would read the caller's own namespace with.</summary>
    internal void Prepare(StateMask states) => _states.Prepare(states);

    /// <summary>Streams the sockets of the chosen namespaces, each to the sink that <paramref name="sinkOf"/> gives for its name.</summary>
    /// <param name="netns">As in <see cref="Read(string?, bool)"/>.</param>
    /// <param name="among">Chooses among all namespaces by name and inode, instead of <paramref name="netns"/>.</param>
    /// <param name="states">The states to ask the kernel for.</param>
    /// <param name="sinkOf">Gives the sink of the namespace with that name.</param>
    /// <returns>What each pass says about itself, in the order of the namespaces.</returns>
    public ImmutableArray<(string Namespace, Pass Pass)> Stream(
        string? netns, Func<string?, ulong, bool>? among, StateMask states, Func<string, ISocketSink> sinkOf) =>
        Each(netns, among, name => _states.Stream(states, sinkOf(name)), (name, outside) => outside.Read(states, sinkOf(name)));

    /// <summary>Counts the sockets of the chosen namespaces by a key, each into what <paramref name="countsOf"/> gives for its name.</summary>
    /// <param name="netns">As in <see cref="Read(string?, bool)"/>.</param>
    /// <param name="among">As in <see cref="Stream"/>.</param>
    /// <param name="key">What they are counted by.</param>
    /// <param name="states">The states to count.</param>
    /// <param name="countsOf">Gives what takes the numbers of the namespace with that name.</param>
    /// <returns>What each pass says about itself, in the order of the namespaces.</returns>
    public ImmutableArray<(string Namespace, Pass Pass)> Count(
        string? netns, Func<string?, ulong, bool>? among, SocketKey key, StateMask states, Func<string, IKeyedSink> countsOf)
    {
        if (netns is null && among is null)
            return [(OwnNamespace.Name, _states.Count(key, states, countsOf(OwnNamespace.Name)))];
        var chosen = Choose(NamespaceScanner.Scan(), netns, among);
        var counts = chosen.Where(one => one.Inode is not null).ToDictionary(one => one.Inode!.Value, one => countsOf(one.Name));
        var walked = _states.CountEveryNamespace(key, states, counts, out var walk);
        return [.. chosen.Select(one => (one.Name, walked?.Saw(one.Inode ?? 0) == true ? WithBound(one, walk) : ByItself(one)))];

        Pass WithBound(NetworkNamespace one, Pass pass)
        {
            if (!states.Contains(TcpState.Close))
                return pass;
            var bound = PassOver(one, _ => _states.CountBound(key, counts[one.Inode!.Value]), (_, outside) => outside.Read(default(StateMask).With(TcpState.Close), new Census()));
            return pass.Completeness == Completeness.Complete ? bound : pass;
        }

        Pass ByItself(NetworkNamespace one)
        {
            var into = one.Inode is { } inode ? counts[inode] : countsOf(one.Name);
            return PassOver(one, _ => _states.Count(key, states, into), (_, outside) => outside.Read(states, new KeyingSink(key, states, into)));
        }
    }

    public void Dispose() => _states.Dispose();

    private DetailedReading ReadOwn()
    {
        var limits = new KernelLimitsReader().Read();
        _ports ??= new PortCensus();
        _ports.Clear(limits);
        var states = _states.Read(_ports);
        return new DetailedReading
        {
            At = clock.GetLocalNow(),
            States = states,
            Counters = new KernelCounterReader().Read(),
            Limits = limits,
            Ports = _ports.ListeningPorts,
            Destinations = _ports.BusiestDestinations(DetailedReading.DestinationsKept),
            DestinationCount = _ports.DestinationCount,
            DestinationsUnseen = _ports.DestinationsUnseen,
            SilentDestinations = _ports.SilentDestinations(DetailedReading.SilentKept),
            Signs = _ports.Signs,
        };
    }

    private static ImmutableArray<NetworkNamespace> Choose(NamespaceSurvey survey, string? netns, Func<string?, ulong, bool>? among)
    {
        if (among is not null)
            return [.. survey.Namespaces.Where(one => among(one.Name, one.Id))];
        if (netns is null)
            return [survey.Own];
        // The caller's own first: its numbers are the ones that he knows.
        if (netns == All)
            return [.. survey.Namespaces.OrderByDescending(one => one.IsOwn)];
        var match = new NamespaceFinder(survey).Find(netns);
        return match.Namespace is { } found ? [found] : throw new NamespaceNotFoundException(match.Failure!.Value);
    }

    private ImmutableArray<NamespaceReading> Read(ImmutableArray<NetworkNamespace> chosen)
    {
        var every = _states.ReadEveryNamespace(chosen.Length);
        return [.. chosen.Select(one => every?.TryRead(one) ?? Read(one))];
    }

    private NamespaceReading Read(NetworkNamespace one)
    {
        try
        {
            return new NamespaceReading(one.Name, one.Id, AtBest(one, _states.Read, (directory, reason) => _states.ReadFromOutside(directory, reason)));
        }
        catch (NamespaceEntryException shut)
        {
            return new NamespaceReading(one.Name, one.Id, null, shut.Reason);
        }
        catch (SourceUnavailableException unavailable) when (!one.IsOwn)
        {
            return new NamespaceReading(one.Name, one.Id, null, unavailable.Reason);
        }
    }

    private static ImmutableArray<(string Namespace, Pass Pass)> Each(
        string? netns, Func<string?, ulong, bool>? among, Func<string, Pass> inside, Func<string, ProcNetSource, Pass> outside)
    {
        if (netns is null && among is null)
            return [(OwnNamespace.Name, inside(OwnNamespace.Name))];
        return [.. Choose(NamespaceScanner.Scan(), netns, among).Select(one => (one.Name, PassOver(one, inside, outside)))];
    }

    private static Pass PassOver(NetworkNamespace one, Func<string, Pass> inside, Func<string, ProcNetSource, Pass> outside)
    {
        try
        {
            return AtBest(one, () => inside(one.Name), (directory, _) =>
            {
                using var source = new ProcNetSource(directory);
                return outside(one.Name, source);
            });
        }
        catch (NamespaceEntryException shut)
        {
            return new Pass { Completeness = Completeness.Partial, Reason = shut.Reason };
        }
        catch (SourceUnavailableException unavailable) when (!one.IsOwn)
        {
            return new Pass { Completeness = Completeness.Partial, Reason = unavailable.Reason };
        }
    }

    // Inside if one may enter, else from outside if there is a process to look through.
    private static T AtBest<T>(NetworkNamespace one, Func<T> inside, Func<string, Phrase, T> outside)
    {
        try
        {
            return NamespaceEntry.Run(one, inside);
        }
        catch (NamespaceEntryException shut) when (shut.IsPermission && NamespaceEntry.NetDirectory(one) is not null)
        {
            return outside(NamespaceEntry.NetDirectory(one)!, shut.Reason);
        }
    }
}
