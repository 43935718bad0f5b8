using TcpLens.Core.Model;
using TcpLens.Core.Readings;
using TcpLens.Core.Sources;
using TcpLens.KernelTests.Lab;
using TcpLens.KernelTests.Namespaces;
using TcpLens.Linux.Bpf;
using TcpLens.Linux.Lab;
using TcpLens.Linux.Reading;
using TcpLens.Linux.SockDiag;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.KernelTests.Sources;

/// <summary>What is particular to the walk in the kernel: rows, tables of a namespace's own, drift, refusals, and who may use it.</summary>
public sealed class BpfWalk
{
    /// <summary>So many that a resident reader loads the walk.</summary>
    private const int Many = 3_100;

    /// <summary>One thread makes some ten thousand connections a second over loopback.</summary>
    private const int ComeAndGone = 20_000;

    [Fact]
    public void Rows_tell_ports_destinations_and_queues_as_netlink_does()
    {
        Require.Root();
        using var lab = StateLab.Create();
        lab.Hold(TcpState.Established, 300);
        lab.Hold(TcpState.TimeWait, 200, LabFamily.IPv6);
        lab.Hold(TcpState.SynRecv, 40, LabFamily.V4Mapped);
        lab.HoldReusePortListeners(5);
        lab.Hold(TcpState.Close, 7);
        lab.HoldOrphanFinWait2(9);
        Assert.Equal(Detailed(lab, SourceChoice.Netlink), Detailed(lab, SourceChoice.Bpf));
    }

    // What comes and goes is IPv4.
    [Fact]
    public void Standing_sockets_are_exact_in_every_reading_while_others_come_and_go()
    {
        Require.Root();
        using var lab = StateLab.Create();
        lab.Hold(TcpState.CloseWait, 700, LabFamily.IPv6);
        lab.Hold(TcpState.FinWait1, 300, LabFamily.IPv6);
        lab.Hold(TcpState.SynRecv, 200, LabFamily.IPv6);
        lab.Hold(TcpState.TimeWait, 400, LabFamily.IPv6);
        TcpState[] states = [TcpState.CloseWait, TcpState.FinWait1, TcpState.SynRecv, TcpState.TimeWait];
        using var churn = Churn.In(lab, Environment.ProcessorCount);
        using var reader = new StateReader(TimeProvider.System, SourceChoice.Bpf);
        var ports = new PortCensus();
        int before = churn.Connections, readings = 0, again = 0;
        long begin = TimeProvider.System.GetTimestamp();
        while (readings < 300 || churn.Connections < before + ComeAndGone)
        {
            var reading = lab.Run(() => readings++ % 2 == 0 ? reader.Read() : reader.Read(ports));
            Assert.Equal([700, 300, 200, 400], states.Select(state => reading.Counts[state]!.Value.Ipv6));
            again += reading.ChainsWalkedAgain;
            var byKey = new StandingIpv6();
            lab.Run(() => reader.Count(new SocketKey(SocketKeyKind.RemotePrefix, 0, 1), StateMask.All, byKey));
            Assert.Equal([700, 300, 200, 400], states.Select(byKey.Of));
        }

        double rate = (churn.Connections - before) / TimeProvider.System.GetElapsedTime(begin).TotalSeconds;
        TestContext.Current.TestOutputHelper!.WriteLine($"{2 * readings} readings during {churn.Connections - before} connections, {rate:N0} a second; {again} chains walked again");
    }

    // What comes and goes is IPv4, whose prefix of no bits is ::ffff:0:0.
    private sealed class StandingIpv6 : IKeyedSink
    {
        private readonly long[] _counts = new long[TcpStates.TableLength];

        public long Of(TcpState state) => _counts[(int)state];

        public void Add(UInt128 key, TcpState state, long count)
        {
            if (!new IpAddress(key).IsV4)
                _counts[(int)state] += count;
        }

        public void AddOthers(long count) => Assert.Fail($"{count} sockets without a place");
    }

    [Fact]
    public void A_namespace_with_a_table_of_its_own_is_read_from_it()
    {
        Require.Root();
        Require.Kernel(6, 1, "older kernels keep one table for all namespaces");
        foreach (int entries in (int[])[1, 16, 300, 8192])
        {
            int[] counts = WithOwnTable(entries, () =>
            {
                using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
                listener.Start(64);
                var clients = Enumerable.Range(0, 40).Select(_ => new System.Net.Sockets.TcpClient("127.0.0.1", ((System.Net.IPEndPoint)listener.LocalEndpoint).Port)).ToList();
                // On a busy machine the last packet of a handshake may still be on its way when connect() returns.
                var servers = clients.ConvertAll(_ => listener.AcceptTcpClient());
                using var reader = new StateReader(TimeProvider.System, SourceChoice.Bpf);
                var reading = reader.Read();
                clients.Concat(servers).ToList().ForEach(end => end.Dispose());
                Assert.Equal(Completeness.Complete, reading.Completeness);
                return new[] { (int)reading.Counts[TcpState.Listen]!.Value.Total, (int)reading.Counts[TcpState.Established]!.Value.Total };
            });
            Assert.Equal([1, 80], counts);
        }
    }

    [Fact]
    public void A_hundred_namespaces_are_counted_in_one_walk()
    {
        Require.Root();
        using var lab = StateLab.Create();
        foreach (var info in TcpStates.All)
            lab.Hold(info.State, 30, LabFamily.V4Mapped);
        using var process = new LabProcess(lab);
        using var others = new NamedNamespaces(100);
        using var reader = new HostReader(TimeProvider.System, SourceChoice.Bpf);
        var reading = reader.Read(HostReader.All, countOthers: true);
        Assert.True(reading.Namespaces.Length > 100);
        Assert.All(reading.Namespaces, space => Assert.Equal("bpf", space.Reading!.Source));
        ulong inode = ulong.Parse(new FileInfo($"/proc/{process.Id}/ns/net").LinkTarget!["net:[".Length..^1]);
        var held = Assert.Single(reading.Namespaces, space => space.Id == inode);
        Assert.Equal(Readings.Table(lab.Expected, withClose: true), Readings.Table(held.Reading!.Counts, withClose: true));
        Assert.All(reading.Namespaces.Where(space => others.Names.Contains(space.Name, StringComparer.Ordinal)), space => Assert.Equal(0, space.Reading!.Counts.Sum.Total));
    }

    [Fact]
    public void A_hundred_namespaces_with_sockets_in_each_are_exact()
    {
        Require.Root();
        using var inhabited = new InhabitedNamespaces(100);
        foreach (var source in (SourceChoice[])[SourceChoice.Bpf, SourceChoice.Netlink])
        {
            using var reader = new HostReader(TimeProvider.System, source);
            var reading = reader.Read(HostReader.All, countOthers: true);
            var found = reading.Namespaces.Where(space => inhabited.Expected.ContainsKey(space.Id)).ToDictionary(space => space.Id, InhabitedNamespaces.Told);
            Assert.Equal(inhabited.Expected.OrderBy(one => one.Key), found.OrderBy(one => one.Key));
            Assert.All(reading.Namespaces, space => Assert.Null(space.Failure));
        }

        foreach (var key in (SocketKey[])[new(SocketKeyKind.LocalPort), new(SocketKeyKind.RemotePrefix, 8, 64)])
            Assert.Equal(ByKey(key, SourceChoice.Netlink, inhabited), ByKey(key, SourceChoice.Bpf, inhabited));
    }

    private static string ByKey(SocketKey key, SourceChoice source, InhabitedNamespaces inhabited)
    {
        var counts = new SortedDictionary<string, KeyCounts>(StringComparer.Ordinal);
        using var reader = new HostReader(TimeProvider.System, source);
        var passes = reader.Count(HostReader.All, null, key, StateMask.All, name => counts[name] = new KeyCounts());
        Assert.All(passes, pass => Assert.Equal(Completeness.Complete, pass.Pass.Completeness));
        return string.Join('\n', counts.Where(one => inhabited.Names.Contains(one.Key, StringComparer.Ordinal)).Select(one => $"{one.Key}: {one.Value}"));
    }

    [Fact]
    public void Nobody_without_a_capability_gets_netlink_and_the_reason()
    {
        Require.Root();
        using var lab = StateLab.Create();
        lab.Hold(TcpState.TimeWait, Many);
        var reading = lab.Run(() => Unprivileged.Run(() =>
        {
            using var reader = new StateReader(TimeProvider.System, SourceChoice.Auto, staysLoaded: true);
            return reader.Read();
        }));
        Assert.Equal("netlink", reading.Source);
        Assert.Contains("CAP_BPF", reading.SourceReason!.Value.English, StringComparison.Ordinal);
        Assert.Equal(Readings.Table(lab.Expected), Readings.Table(reading.Counts));
        Assert.Throws<SourceUnavailableException>(() => Unprivileged.Run(() =>
        {
            using var reader = new StateReader(TimeProvider.System, SourceChoice.Bpf);
            return reader.Read();
        }));
    }

    [Fact]
    public void A_program_that_the_verifier_refuses_is_a_reason_and_netlink_reads()
    {
        Require.Root();
        using var lab = StateLab.Create();
        lab.Hold(TcpState.TimeWait, Many);
        var refused = lab.Run(() =>
        {
            using var reader = new StateReader(TimeProvider.System, SourceChoice.Auto, new SockDiagSource(), new BpfSource(new SockDiagSource(), LoadBroken), staysLoaded: true);
            return reader.Read();
        });
        Assert.Equal("netlink", refused.Source);
        Assert.Contains("verifier", refused.SourceReason!.Value.English, StringComparison.Ordinal);
        Assert.Equal(Many, refused.Counts[TcpState.TimeWait]!.Value.Total);
    }

    [Fact]
    public void A_resident_reader_takes_it_from_some_thousand_sockets_on_and_stays_with_it()
    {
        Require.Root();
        using var lab = StateLab.Create();
        using var few = StateLab.Create();
        lab.Hold(TcpState.TimeWait, Many);
        using var reader = new StateReader(TimeProvider.System, SourceChoice.Auto, staysLoaded: true);
        using var single = new StateReader(TimeProvider.System);
        Assert.Equal("netlink", few.Run(reader.Read).Source);
        Assert.Equal(("bpf", null), Told(lab.Run(reader.Read)));
        Assert.Equal("bpf", few.Run(reader.Read).Source);
        Assert.Equal(("netlink", null), Told(lab.Run(single.Read)));
    }

    private static (string Source, string? Reason) Told(StateReading reading) => (reading.Source, reading.SourceReason?.English);

    /// <summary>Kernels from 6.2 on read by the faster program; what older ones read by is held against it here.</summary>
    [Fact]
    public void The_program_for_older_kernels_tells_the_same()
    {
        Require.Root();
        using var lab = StateLab.Create();
        foreach (var family in Enum.GetValues<LabFamily>())
        {
            foreach (var info in TcpStates.All)
                lab.Hold(info.State, 40, family);
            lab.HoldOrphanFinWait2(8, family);
        }

        foreach (var source in (BpfSource[])[new(), new(new SockDiagSource(), LoadForOlder)])
        {
            var census = new Census();
            var ports = new PortCensus();
            using (source)
                lab.Run(() => (source.Read(StateMask.All, census), source.Read(StateMask.All, ports)));
            foreach (var counts in (StateCounts[])[census.ToCounts(), ports.Census.ToCounts()])
                Assert.Equal($"{Readings.Table(lab.Expected, withClose: true)} 24", $"{Readings.Table(counts, withClose: true)} {counts.OrphanFinWait2}");
        }
    }

    internal static (HashWalk?, WalkFailure?) LoadForOlder()
    {
        var failure = HashWalk.TryLoad([.. HashWalk.Names.Select(WalkProgram.Embedded)], null, out var walk);
        return (walk, failure);
    }

    // Instruction 0 is made to read register 5, which holds nothing there.
    private static (HashWalk?, WalkFailure?) LoadBroken()
    {
        using var stream = typeof(WalkProgram).Assembly.GetManifestResourceStream("bpf/listeners.o")!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        Assert.True(BpfObject.TryParse(bytes, out var whole));
        int at = bytes.AsSpan().IndexOf(whole!.Instructions.Span);
        ((byte[])[0xbf, 0x56, 0, 0, 0, 0, 0, 0]).CopyTo(bytes, at);
        Assert.True(BpfObject.TryParse(bytes, out var broken));
        var failure = HashWalk.TryLoad([WalkProgram.Embedded("established"), broken!], null, out var walk);
        return (walk, failure);
    }

    private static string Detailed(StateLab lab, SourceChoice source) => lab.Run(() =>
    {
        using var reader = new HostReader(TimeProvider.System, source);
        var reading = reader.ReadDetailed();
        return string.Join('\n',
            [
                Readings.Table(reading.States.Counts, withClose: true),
                $"{reading.States.Completeness} {reading.States.Counts.OrphanFinWait2} {reading.DestinationsUnseen}",
                .. reading.Ports.Select(port => $"{port.Port} {port.Scope} {port.Listeners} {port.HasIPv4} {port.HasIPv6} {port.AcceptQueue}/{port.AcceptQueueMaximum} {port.HalfOpenMaximum} {string.Join(' ', port.ByState)}"),
                .. reading.Destinations.Select(use => use.ToString()),
            ]);
    });

    internal static T WithOwnTable<T>(int entries, Func<T> work) => FreshNamespace.Run(() =>
    {
        File.WriteAllText("/proc/sys/net/ipv4/tcp_child_ehash_entries", entries.ToString());
        T? result = default;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = FreshNamespace.Run(work);
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        });
        thread.Start();
        thread.Join();
        return failure is null ? result! : throw failure;
    });
}
