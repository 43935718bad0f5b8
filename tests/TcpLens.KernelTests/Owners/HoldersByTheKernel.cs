using System.Globalization;
using System.Text.RegularExpressions;
using TcpLens.Core.Model;
using TcpLens.Core.Owners;
using TcpLens.KernelTests.Namespaces;
using TcpLens.Linux.Bpf;
using TcpLens.Linux.Interop;
using TcpLens.Linux.Lab;
using TcpLens.Linux.Owners;
using TcpLens.Linux.Reading;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.KernelTests.Owners;

/// <summary>Who holds a socket, told by the kernel's own iterator over open files.</summary>
public sealed partial class HoldersByTheKernel
{
    private const int CAP_PERFMON = 38;
    private const int CAP_BPF = 39;

    [Fact]
    public void The_kernel_tells_the_owners_that_the_descriptors_of_processes_tell()
    {
        Require.Root();
        FreshNamespace.Run(() =>
        {
            using var family = new PerlProcess("""
                my $l = listener(); my @children;
                for (1..3) { my $child = fork; if (!$child) { my $own = listener(); sleep 600; exit } push @children, $child }
                sleep_on($l->sockport, @children);
                """);
            using var client = new PerlProcess($"my @c = map {{ client({family.Words[0]}) }} 1..9; sleep_on();");
            using var taker = new PerlProcess("my $l = listener(); say_ready($l->sockport); my @c = map { $l->accept } 1..5; sleep_on();");
            using var pair = new PerlProcess($"my @c = map {{ client({taker.Words[0]}) }} 1..5; my $child = fork; if (!$child) {{ sleep 600; exit }} sleep_on($child);");
            taker.GoOn();
            using var thread = new ThreadOfItsOwn();
            Assert.True(SpinWait.SpinUntil(() => Owners(null).Count(one => Array.IndexOf(family.Words, one.Value?.ProcessId ?? 0) > 0) == 3, 10_000));
            var byDescriptors = Owners(OwnerRoots.System);
            Assert.Equal(Environment.ProcessId, byDescriptors[thread.Inode]?.ProcessId);
            Assert.Equal(byDescriptors, Owners(null));
            Assert.Equal(byDescriptors, Owners(null, remembers: false));
            foreach (int child in family.Words.Skip(1).Concat(pair.Words))
                System.Diagnostics.Process.GetProcessById(child).Kill();
            return true;
        });
    }

    [Fact]
    public void The_holders_are_those_that_ss_tells()
    {
        Require.Root();
        using var iterator = Load();
        using var lab = StateLab.Create();
        foreach (var info in TcpStates.All)
            lab.Hold(info.State, 7);
        lab.Hold(TcpState.Established, 5, LabFamily.V4Mapped);
        lab.Hold(TcpState.CloseWait, 5, LabFamily.IPv6);
        string text = lab.Run(() => FreshNamespace.Command("ss", "-tanpeH"));
        var told = Holders(iterator).ToLookup(one => one.Inode, one => one.Process);
        var lines = SsLine().Matches(text);
        Assert.True(lines.Count > 20);
        foreach (Match line in lines)
        {
            uint inode = uint.Parse(line.Groups["inode"].Value, CultureInfo.InvariantCulture);
            Assert.Equal(Pid().Matches(line.Value).Select(pid => int.Parse(pid.Groups["pid"].Value, CultureInfo.InvariantCulture)).Order(), told[inode].Order());
        }
    }

    [Fact]
    public void Sockets_of_other_kinds_and_other_files_are_not_told()
    {
        Require.Root();
        using var iterator = Load();
        using var process = new PerlProcess("""
            socketpair(my $a, my $b, AF_UNIX, SOCK_STREAM, PF_UNSPEC) or die; socket(my $u, AF_INET, SOCK_DGRAM, 0) or die; pipe(my $r, my $w) or die;
            my $l = listener(); socket(my $unused, AF_INET6, SOCK_STREAM, 0) or die;
            sleep_on(map { (stat $_)[1] } $l, $unused);
            """);
        Assert.Equal(process.Words.Order(), Holders(iterator).Where(one => one.Process == process.Id).Select(one => (int)one.Inode).Order());
    }

    [Fact]
    public void A_socket_on_its_way_to_another_process_is_nobodys()
    {
        Require.Root();
        FreshNamespace.Run(() =>
        {
            using var iterator = Load();
            int listener = TcpSocket.Open(SocketFamily.IPv4);
            TcpSocket.Listen(listener, 1);
            uint inode = Assert.Single(OwnedSocket.ReadAll()).Socket.Inode;
            Assert.Contains(Holders(iterator), one => one == new HolderRecord(inode, Environment.ProcessId));
            using (new DescriptorInFlight(listener))
            {
                TcpSocket.Close(listener);
                Assert.DoesNotContain(Holders(iterator), one => one.Inode == inode);
                using var sockets = new HostReader(TimeProvider.System, SourceChoice.Auto);
                using var reader = new OwnerReader(sockets, TimeProvider.System, remembers: true);
                var sighting = Assert.Single(OwnedSocket.ReadAll(reader, out var passes)).Sighting;
                Assert.True(reader.Kernel!.IsLoaded);
                Assert.NotEqual((true, OwnerCertainty.Held), (sighting.Owner is not null, sighting.Certainty));
                Assert.Equal(0, passes.Denied);
            }

            return true;
        });
    }

    [Fact]
    public void Twenty_thousand_descriptors_come_over_several_reads()
    {
        Require.Root();
        const int children = 25;
        const int each = 800;
        using var iterator = Load();
        using var family = new PerlProcess($$"""
            use POSIX (); my $l = listener(); my @children;
            for (1..{{children}}) {
              pipe(my $done, my $end); my $child = fork;
              if (!$child) { for (2..{{each}}) { POSIX::dup(fileno $l) or die "dup: $!" } close $end; sleep 600; exit }
              close $end; <$done>; push @children, $child;
            }
            sleep_on((stat $l)[1], @children);
            """);
        var told = Holders(iterator).Where(one => one.Inode == family.Words[0]).ToLookup(one => one.Process);
        Assert.Equal(family.Words.Skip(1).Append(family.Id).Order(), told.Select(one => one.Key).Order());
        Assert.All(family.Words.Skip(1), child => Assert.Equal(each, told[child].Count()));
        int few = 0;
        Assert.Equal(Errno.None, iterator.ForEach(_ => ++few < 100));
        Assert.Equal(100, few);
        foreach (int child in family.Words.Skip(1))
            System.Diagnostics.Process.GetProcessById(child).Kill();
    }

    [Fact]
    public void With_the_capabilities_of_eBPF_alone_the_owners_of_all_users_are_found()
    {
        Require.Root();
        FreshNamespace.Run(() =>
        {
            using var server = new PerlProcess("my $l = listener(); sleep_on();");
            return Unprivileged.Run(() =>
            {
                Assert.False(Capabilities.Own.MaySeeDescriptors);
                using var sockets = new HostReader(TimeProvider.System, SourceChoice.Auto);
                using var reader = new OwnerReader(sockets, TimeProvider.System);
                var owner = Assert.Single(OwnedSocket.ReadAll(reader, out var passes)).Sighting.Owner!;
                Assert.Equal((server.Id, "perl", "root"), (owner.ProcessId, owner.Process, owner.User));
                Assert.StartsWith("/usr/bin/perl -e", owner.CommandLine);
                Assert.Equal((0, null), (passes.Denied, passes.Refusal?.English));
                return true;
            }, CAP_BPF, CAP_PERFMON);
        });
    }

    [Fact]
    public void Where_the_kernel_fails_on_the_way_a_single_look_searches_the_descriptors()
    {
        Require.Root();
        FreshNamespace.Run(() =>
        {
            using var server = new PerlProcess("my $l = listener(); sleep_on($l->sockport);");
            using var client = new PerlProcess($"my $c = client({server.Words[0]}); sleep_on();");
            using var sockets = new HostReader(TimeProvider.System, SourceChoice.Auto);
            using var reader = new OwnerReader(sockets, TimeProvider.System) { Kernel = new KernelHolders(isKept: true, LoadBroken) };
            var all = OwnedSocket.ReadAll(reader, out var passes);
            Assert.Equal(3, all.Count);
            Assert.All(all, one => Assert.Equal(one.Socket.Local.Port == server.Words[0] ? server.Id : client.Id, one.Sighting.Owner?.ProcessId));
            Assert.NotNull(passes.Refusal);
            return true;
        });
    }

    [Fact]
    public void A_kernel_that_does_not_take_the_program_says_why_and_the_descriptors_are_searched()
    {
        Require.Root();
        FreshNamespace.Run(() =>
        {
            using var server = new PerlProcess("my $l = listener(); sleep_on();");
            using var kernel = new KernelHolders(isKept: true, LoadBroken);
            var table = new OwnerTable(OwnerRoots.System, remembers: false);
            var search = new OwnerSearch(OwnerRoots.System, table, kernel);
            var socket = Assert.Single(OwnedSocket.ReadAll()).Socket;
            table.Begin(0);
            table.See(0, socket);
            search.Run();
            Assert.Equal(server.Id, table.OwnerOf(0, socket).Owner?.ProcessId);
            Assert.False(kernel.IsLoaded);
            Assert.Contains("verifier", kernel.Refusal?.English);
            return true;
        });
    }

    [Fact]
    public void A_few_open_files_are_not_worth_the_loading_for_one_search()
    {
        Require.Root();
        using var kept = new KernelHolders(isKept: true);
        Assert.True(kept.IsReady() && kept.IsReady() && kept.IsLoaded);
        int loaded = 0;
        using var once = new KernelHolders(isKept: false, () =>
        {
            loaded++;
            return (null, null);
        });
        long files = long.Parse(File.ReadAllText("/proc/sys/fs/file-nr").Split('\t')[0], CultureInfo.InvariantCulture);
        once.IsReady();
        // Other tests open and close files meanwhile.
        if (Math.Abs(files - KernelHolders.FilesWorthLoading) > 1000)
            Assert.Equal(files >= KernelHolders.FilesWorthLoading, loaded == 1);
    }

    private static SortedDictionary<uint, Owner?> Owners(OwnerRoots? roots, bool remembers = true)
    {
        using var sockets = new HostReader(TimeProvider.System, SourceChoice.Auto);
        using var reader = new OwnerReader(sockets, TimeProvider.System, remembers, roots) { Kernel = roots is null ? new KernelHolders(isKept: true) : null };
        var all = OwnedSocket.ReadAll(reader, out var passes);
        Assert.Equal(roots is null, reader.Kernel?.IsLoaded == true);
        Assert.Equal((0, false), (passes.Denied, passes.IsCut));
        return new(all.Where(one => one.Socket.Inode != 0).ToDictionary(one => one.Socket.Inode, one => one.Sighting.Owner));
    }

    private static HolderIterator Load()
    {
        Assert.Null(HolderIterator.TryLoad(out var iterator));
        return iterator!;
    }

    private static List<HolderRecord> Holders(HolderIterator iterator)
    {
        var all = new List<HolderRecord>();
        Assert.Equal(Errno.None, iterator.ForEach(record =>
        {
            all.Add(record);
            return true;
        }));
        return all;
    }

    // Instruction 0 is made to read register 5, which holds nothing there.
    private static (HolderIterator?, WalkFailure?) LoadBroken()
    {
        using var stream = typeof(WalkProgram).Assembly.GetManifestResourceStream("bpf/holders.o")!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        Assert.True(BpfObject.TryParse(bytes, out var whole));
        int at = bytes.AsSpan().IndexOf(whole!.Instructions.Span);
        ((byte[])[0xbf, 0x56, 0, 0, 0, 0, 0, 0]).CopyTo(bytes, at);
        Assert.True(BpfObject.TryParse(bytes, out var broken));
        var failure = HolderIterator.TryLoad(broken!, out var iterator);
        return (iterator, failure);
    }

    [GeneratedRegex(@"^.*ino:(?<inode>[1-9][0-9]*).*$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SsLine();

    [GeneratedRegex("pid=(?<pid>[0-9]+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pid();
}
