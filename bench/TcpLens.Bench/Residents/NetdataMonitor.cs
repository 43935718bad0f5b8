using System.Text;
using System.Text.Json;
using TcpLens.Bench.Contenders;
using TcpLens.Core.Model;

namespace TcpLens.Bench.Residents;

/// <summary>
/// netdata with its proc plugin alone, and of this what reads <c>/proc/net/sockstat</c>, <c>netstat</c> and <c>snmp</c>, every second, with its
/// usual database. It does not count by state: of the eleven numbers it has TIME_WAIT only (its <c>CurrEstab</c> is ESTABLISHED and
/// CLOSE_WAIT together).
/// </summary>
public sealed class NetdataMonitor(Workshop workshop) : ResidentMonitor
{
    private const int Port = 7003;
    private const string Chart = "ipv4.sockstat_tcp_sockets";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>Everything that is on by default and has nothing to do with TCP sockets.</summary>
    private static readonly string[] s_otherPlugins =
        ["timex", "idlejitter", "checks", "tc", "diskspace", "cgroups", "netdata monitoring", "enable running new plugins", "apps", "slabinfo", "perf", "nfacct", "ebpf", "ioping", "charts.d", "python.d", "go.d", "node.d", "fping"];

    private static readonly string[] s_otherFiles =
    [
        "netdata server resources", "/proc/pagetypeinfo", "/proc/stat", "/proc/uptime", "/proc/loadavg", "/proc/sys/kernel/random/entropy_avail", "/proc/pressure",
        "/proc/interrupts", "/proc/softirqs", "/proc/vmstat", "/proc/meminfo", "/sys/kernel/mm/ksm", "/sys/block/zram", "/sys/devices/system/edac/mc",
        "/sys/devices/system/node", "/proc/net/dev", "/proc/net/wireless", "/proc/net/sockstat6", "/proc/net/sctp/snmp", "/proc/net/softnet_stat",
        "/proc/net/ip_vs/stats", "/sys/class/infiniband", "/proc/net/stat/conntrack", "/proc/net/stat/synproxy", "/proc/diskstats", "/proc/mdstat",
        "/proc/net/rpc/nfsd", "/proc/net/rpc/nfs", "/proc/spl/kstat/zfs/arcstats", "/proc/spl/kstat/zfs/pool/state", "/sys/fs/btrfs", "ipc", "/sys/class/power_supply",
    ];

    private Service? _service;

    public override string Id => "netdata";

    public override int Listeners => 1;

    public override IReadOnlyList<TcpState> Told { get; } = [TcpState.TimeWait];

    private string Home => Path.Combine(workshop.Scratch, Id);

    public override string? Version() => workshop.PackageVersion("netdata-core", "usr/sbin/netdata");

    public override void Start()
    {
        if (Directory.Exists(Home))
            Directory.Delete(Home, true);
        foreach (string directory in (string[])["log", "cache", "lib"])
            Directory.CreateDirectory(Path.Combine(Home, directory));
        string configuration = Path.Combine(Home, "netdata.conf");
        File.WriteAllText(configuration, Configuration());
        _service = new(workshop, Id, workshop.Peer("usr/sbin/netdata")!, "-D", "-c", configuration);
        PoliteClient.Await(Port);
        var begin = TimeProvider.System.GetUtcNow();
        while (Rows(begin - s_patience, begin + s_patience).Count == 0)
        {
            if (TimeProvider.System.GetUtcNow() - begin > s_patience)
                throw new TimeoutException("netdata has no numbers");
            Thread.Sleep(100);
        }
    }

    public override Findings Find(DateTimeOffset since, DateTimeOffset until)
    {
        var rows = Rows(since, until);
        var said = new Tally { HasFamilies = false };
        said.Add(TcpState.TimeWait, rows.Count == 0 ? 0 : rows[^1], 0);
        return new(rows.Count, said);
    }

    protected override void Dispose(bool disposing)
    {
        _service?.Dispose();
        base.Dispose(disposing);
    }

    // TIME_WAIT of each second, oldest first. Nothing where netdata does not know the chart yet.
    private static List<long> Rows(DateTimeOffset since, DateTimeOffset until)
    {
        string path = $"/api/v1/data?chart={Chart}&dimensions=timewait&after={since.ToUnixTimeSeconds() + 1}&before={until.ToUnixTimeSeconds()}&format=json&options=seconds,flip";
        string answer = Encoding.UTF8.GetString(PoliteClient.Ask(Port, Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")));
        if (!answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
            return [];
        using var document = JsonDocument.Parse(answer[answer.IndexOf('{', StringComparison.Ordinal)..]);
        return [.. document.RootElement.GetProperty("data").EnumerateArray().Select(row => row[1]).Where(value => value.ValueKind == JsonValueKind.Number).Select(value => (long)value.GetDouble())];
    }

    private string Configuration() => $"""
        [global]
            run as user = root
        [directories]
            config = {Home}
            stock config = {workshop.Peers}/usr/lib/netdata/conf.d
            log = {Home}/log
            cache = {Home}/cache
            lib = {Home}/lib
            home = {Home}
            plugins = {workshop.Peers}/usr/lib/netdata/plugins.d
            web = {workshop.Peers}/usr/share/netdata/web
        [db]
            update every = 1
        [web]
            bind to = 127.0.0.1:{Port}
        [health]
            enabled = no
        [ml]
            enabled = no
        [statsd]
            enabled = no
        [plugins]
            {string.Join("\n    ", s_otherPlugins.Select(name => $"{name} = no"))}
            statsd = no
            proc = yes
        [plugin:proc]
            {string.Join("\n    ", s_otherFiles.Select(name => $"{name} = no"))}

        """;
}
