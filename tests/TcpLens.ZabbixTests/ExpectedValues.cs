using TcpLens.Core.Metrics;
using TcpLens.Core.Model;
using TcpLens.Outputs.Zabbix;

namespace TcpLens.ZabbixTests;

/// <summary>What every item of a host has to show whose agent, or sender, reads a <see cref="Site"/>.</summary>
/// <param name="site">What is read.</param>
/// <param name="agentPort">Where the agent listens in the site; <see langword="null"/> when the values are sent.</param>
internal sealed class ExpectedValues(Site site, int? agentPort)
{
    /// <summary>Items whose exact number nobody can know beforehand, and why; all others are compared with one value.</summary>
    private static readonly Dictionary<string, string> s_bounded = new(StringComparer.Ordinal)
    {
        ["reading.duration"] = "how long the reading took is its own affair: more than nothing, less than the wait for it",
        ["kernel.orphans"] = "of the whole machine, on which others work too: at least those of the site, at most the machine's limit",
        ["kernel.allocated"] = "of the whole machine, on which others work too: at least the site's own",
        ["kernel.memory"] = "of the whole machine, on which others work too: at most the machine's limit",
        ["sockets.time_wait"] = "each poll leaves one behind for a minute: between looks before and after",
        ["sockets.time_wait.ipv4"] = "as sockets.time_wait",
        ["sockets.sum"] = "contains sockets.time_wait",
        ["sockets.sum.ipv4"] = "contains sockets.time_wait",
        ["kernel.time_wait"] = "contains sockets.time_wait",
        ["used.time_wait"] = "contains sockets.time_wait",
        ["port.time_wait"] = "of the agent's own port: as sockets.time_wait",
    };

    /// <summary>Items whose values are not kept, because others are made of them.</summary>
    public static readonly string[] Documents = [KeyNames.States, KeyNames.Services];

    private static readonly string[] s_families = ["ipv4", "ipv6", "v4mapped"];

    private readonly Dictionary<string, Expectation> _items = new(StringComparer.Ordinal);

    private long Own => agentPort is null ? 0 : 1;

    /// <summary>The keys that there have to be once the ports are discovered.</summary>
    public IEnumerable<string> Keys() => Of(new Round(site.Look(), site.Look(), site.Look(), site.Look(), 1, TimeSpan.FromSeconds(1))).Keys.Concat(Documents);

    /// <summary>The expectations of every item by key, but for the master, which keeps no value.</summary>
    public IReadOnlyDictionary<string, Expectation> Of(Round round)
    {
        _items.Clear();
        AddStates(round);
        AddUse(round);
        AddKernel(round);
        AddReading(round);
        foreach (string name in CounterMetrics.All.Select(CounterMetrics.KernelName))
            _items.Add($"tcplens.counter[{name}]", round.Rate(name));
        foreach (var (name, value) in Limits.Of(site.Setting))
            _items.Add($"tcplens.limit[{name}]", Expectation.Number(value));
        AssertPortsAreThoseOfTheSite(round.Before);
        foreach (int port in round.Before.ListeningPorts.Where(port => !site.KnownPorts.Any(known => known.Number == port && known.IsEphemeral)))
            AddPort(round, port);
        return _items;
    }

    // A poll leaves its socket in TIME_WAIT after it was answered, and after a minute that goes.
    private (long Lowest, long Highest) PollsLeft(Round round)
    {
        if (agentPort is not { } port)
            return (0, 0);
        long before = round.Before.Count("TIME-WAIT", port), after = round.After.Count("TIME-WAIT", port);
        return (Math.Max(0, Math.Min(before, after - 1)), Math.Max(before, after));
    }

    private void AddStates(Round round)
    {
        StateCount sum = default;
        foreach (var info in TcpStates.All)
        {
            var held = site.Held(info.State);
            if (info.State is TcpState.Listen or TcpState.Established)
                held += new StateCount(Own, 0, 0);
            sum += held;
            AddCount("sockets." + info.Name, held, info.State == TcpState.TimeWait ? PollsLeft(round) : (0, 0));
        }

        AddCount("sockets.sum", sum, PollsLeft(round));
        Add("fin_wait2.orphaned", Expectation.Number(site.OrphanFinWait2));
        Add("fin_wait2.owned", Expectation.Number(site[TcpState.FinWait2] - site.OrphanFinWait2));
    }

    private void AddCount(string id, StateCount held, (long Lowest, long Highest) more)
    {
        AddMore(id, held.Total, more);
        foreach (var (family, count) in s_families.Zip([held.Ipv4, held.Ipv6, held.V4Mapped]))
            AddMore($"{id}.{family}", count, family == "ipv4" ? more : (0, 0));
    }

    private void AddMore(string id, long held, (long Lowest, long Highest) more) =>
        Add(id, more == (0, 0) ? Expectation.Number(held) : Bounded(id, held + more.Lowest, held + more.Highest));

    private void AddUse(Round round)
    {
        var (lowest, highest) = PollsLeft(round);
        long small = site[TcpState.TimeWait] + site.OrphanFinWait2;
        long established = site[TcpState.Established] + Own, closeWait = site[TcpState.CloseWait], synSent = site[TcpState.SynSent];
        double timeWaitMaximum = double.Parse(site.Setting("net/ipv4/tcp_max_tw_buckets")!);
        double ephemeral = Limits.Of(site.Setting)["ephemeral_ports"]!.Value;
        Add("used.accept_queue", Percent(2, 1));
        Add("used.half_open", round.Before.ListeningPorts.Select(port => HalfOpen(round, port)).Max() is var worst ? TwoDecimals(worst) : Expectation.Absent);
        Add("used.time_wait", Bounded("used.time_wait", (100 * (small + lowest) / timeWaitMaximum) - 0.005, (100 * (small + highest) / timeWaitMaximum) + 0.005));
        Add("used.ephemeral", Percent(site.CallsToServer, ephemeral));
        // A namespace other than the machine's first does not tell these two.
        Add("used.orphans", site.Setting("net/ipv4/tcp_max_orphans") is null ? Expectation.Absent : Bounded("kernel.orphans", 0, 100));
        Add("used.memory", site.Setting("net/ipv4/tcp_mem") is null ? Expectation.Absent : Bounded("kernel.memory", 0, 100));
        Add("share.close_wait", Percent(closeWait, closeWait + established));
        Add("share.syn_sent", Percent(synSent, synSent + established));
        Add("busiest.destination", Expectation.Text("10.0.0.1 > 10.1.0.1:443"));
        Add("busiest.ports", Expectation.Number(site.CallsToServer));
    }

    private void AddKernel(Round round)
    {
        var (lowest, highest) = PollsLeft(round);
        long small = site[TcpState.TimeWait] + site.OrphanFinWait2;
        Add("kernel.time_wait", Bounded("kernel.time_wait", small + lowest, small + highest));
        Add("kernel.orphans", Bounded("kernel.orphans", site.Orphans, MachineLimits.Orphans));
        Add("kernel.allocated", Bounded("kernel.allocated", site[TcpState.Established], long.MaxValue));
        Add("kernel.memory", Bounded("kernel.memory", 0, MachineLimits.MemoryPages));
    }

    private void AddReading(Round round)
    {
        Add("reading.duration", Bounded("reading.duration", 0.000_001, round.Patience.TotalSeconds));
        Add("reading.complete", Expectation.Number(1));
        Add("reading.remark", Expectation.Text(""));
        Add("reading.source", Expectation.Text("netlink"));
        Add("reading.version", Expectation.Text(ZabbixServer.BinaryVersion));
        Add("ports.left_off", Expectation.Number(0));
        // No monitor runs in the site; FindingsOnServers and LostMonitors have one. An agent of our own asks none, the others find none.
        Add("monitor.runs", Expectation.Number(0));
        Add("monitor.remark", Expectation.Begins("tcplens serve "));
        Add("findings.judged", Expectation.Number(0));
        Add("findings.open", Expectation.Absent);
        Add("findings.worst", Expectation.Absent);
    }

    private void AddPort(Round round, int port)
    {
        bool isAgent = port == agentPort;
        SeenSocket[] listeners = [.. round.Before.Listeners(port)];
        var fullest = listeners.MaxBy(listener => (double)listener.Queue / listener.Limit)!;
        AddPortItem("listeners", Expectation.Number(listeners.Length));
        AddPortItem("accept_queue", Expectation.Number(fullest.Queue));
        AddPortItem("accept_limit", Expectation.Number(fullest.Limit));
        AddPortItem("accept_used", Percent(fullest.Queue, fullest.Limit));
        AddPortItem("half_open_used", TwoDecimals(HalfOpen(round, port)));
        foreach (var state in MetricCatalog.PortStates.Select(state => state.Info()))
        {
            var (lowest, highest) = PollsLeft(round);
            AddPortItem(state.Name, (isAgent, state.State) switch
            {
                (true, TcpState.TimeWait) => Bounded("port.time_wait", lowest, highest),
                (true, TcpState.Established) => Expectation.Number(1),
                (true, _) => Expectation.Number(0),
                _ => Expectation.Number(round.Before.Count(state.Ss, port)),
            });
        }

        void AddPortItem(string what, Expectation expectation) => _items.Add($"tcplens.port[{what},{port}]", expectation);
    }

    // The other look has to agree with what was made, or it proves nothing.
    private void AssertPortsAreThoseOfTheSite(Snapshot look)
    {
        Xunit.Assert.Equal(site[TcpState.Listen] + Own, look.Sockets.Count(socket => socket.IsListener));
        Xunit.Assert.Equal(site[TcpState.SynRecv], look.ListeningPorts.Sum(port => look.Count("SYN-RECV", port)));
        Xunit.Assert.All(site.KnownPorts, known =>
        {
            var listener = Xunit.Assert.Single(look.Listeners(known.Number));
            Xunit.Assert.Equal((known.Waiting, known.Limit, known.Scope), (listener.Queue, listener.Limit, listener.Scope));
            Xunit.Assert.Equal(known.Waiting, look.Count("ESTAB", known.Number));
        });
    }

    private static double HalfOpen(Round round, int port) => 100.0 * round.Before.Count("SYN-RECV", port) / round.Before.Listeners(port).Sum(listener => listener.Limit);

    private static Expectation Percent(double part, double whole) => TwoDecimals(100.0 * part / whole);

    private static Expectation TwoDecimals(double percent) => Expectation.Between(percent - 0.005, percent + 0.005);

    private static Expectation Bounded(string id, double lowest, double highest) =>
        s_bounded.ContainsKey(id) ? Expectation.Between(lowest, highest) : throw new InvalidOperationException($"no reason is given why {id} has no exact value");

    // tcplens.sockets[established,ipv4] of sockets.established.ipv4
    private void Add(string id, Expectation expectation)
    {
        string[] parts = id.Split('.');
        _items.Add($"tcplens.{parts[0]}[{string.Join(',', parts[1..])}]", expectation);
    }
}
