using System.Text.RegularExpressions;
using TcpLens.Core.Model;
using TcpLens.Core.Owners;
using TcpLens.KernelTests.Namespaces;
using TcpLens.Linux.Lab;
using TcpLens.Linux.Owners;
using TcpLens.Linux.Reading;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.KernelTests.Owners;

/// <summary>Who holds a socket, of real processes and threads on this kernel.</summary>
public sealed partial class OwnersAreFound
{
    [Fact]
    public void Each_end_of_a_connection_belongs_to_its_process()
    {
        Require.Root();
        FreshNamespace.Run(() =>
        {
            using var server = new PerlProcess("my $l = listener(); say_ready($l->sockport); my $c = $l->accept; sleep_on();");
            using var client = new PerlProcess($"my $c = client({server.Words[0]}); sleep_on();");
            server.GoOn();
            var all = OwnedSocket.ReadAll();
            Assert.Equal(3, all.Count);
            foreach (var one in all)
            {
                Assert.Equal(one.Socket.Local.Port == server.Words[0] ? server.Id : client.Id, one.Sighting.Owner?.ProcessId);
                Assert.Equal(("perl", "root", OwnerCertainty.Held), (one.Sighting.Owner!.Process, one.Sighting.Owner.User, one.Sighting.Certainty));
                Assert.StartsWith("/usr/bin/perl -e", one.Sighting.Owner.CommandLine);
            }

            return true;
        });
    }

    [Fact]
    public void Connections_that_nobody_has_accepted_belong_to_the_listener()
    {
        Require.Root();
        FreshNamespace.Run(() =>
        {
            using var server = new PerlProcess("my $l = listener(); sleep_on($l->sockport);");
            using var client = new PerlProcess($"my $c = client({server.Words[0]}); sleep_on();");
            var waiting = Assert.Single(OwnedSocket.ReadAll(), one => one.Socket.State == TcpState.Established && one.Socket.Local.Port == server.Words[0]);
            Assert.Equal(0u, waiting.Socket.Inode);
            Assert.Equal((server.Id, OwnerCertainty.Listener), (waiting.Sighting.Owner?.ProcessId, waiting.Sighting.Certainty));
            return true;
        });
    }

    [Fact]
    public void Who_has_closed_a_connection_is_remembered_during_TIME_WAIT()
    {
        Require.Root();
        FreshNamespace.Run(() =>
        {
            using var sockets = new HostReader(TimeProvider.System, SourceChoice.Auto);
            using var reader = new OwnerReader(sockets, TimeProvider.System, remembers: true);
            using var server = new PerlProcess("my $l = listener(); say_ready($l->sockport); my $c = $l->accept; say_ready(); await(); undef $c; sleep_on();");
            using var client = new PerlProcess($"my $c = client({server.Words[0]}); say_ready(); await(); close $c; sleep_on();");
            OwnedSocket.ReadAll(reader, out _);
            client.GoOn();
            server.GoOn();
            Assert.True(SpinWait.SpinUntil(() => OwnedSocket.ReadAll(reader, out _).Any(one => one.Socket.State == TcpState.TimeWait), 10_000));
            var left = Assert.Single(OwnedSocket.ReadAll(reader, out _), one => one.Socket.State == TcpState.TimeWait);
            Assert.Equal((client.Id, OwnerCertainty.Remembered), (left.Sighting.Owner?.ProcessId, left.Sighting.Certainty));
            Assert.InRange(left.Sighting.Seconds ?? -1, 0, 60);
            Assert.Null(Assert.Single(OwnedSocket.ReadAll(), one => one.Socket.State == TcpState.TimeWait).Sighting.Owner);
            return true;
        });
    }

    [Fact]
    public void The_oldest_of_a_state_is_as_old_as_it_was_watched_in_it()
    {
        Require.Root();
        FreshNamespace.Run(() =>
        {
            var clock = new TurnedClock();
            using var sockets = new HostReader(TimeProvider.System, SourceChoice.Netlink);
            var reader = new OwnerReader(sockets, clock, remembers: true);
            using var server = new PerlProcess("my $l = listener(); say_ready($l->sockport); my $c = $l->accept; say_ready(); sleep_on();");
            using var client = new PerlProcess($"my $c = client({server.Words[0]}); say_ready(); await(); close $c; sleep_on();");
            server.GoOn();
            Assert.Equal((0, null), (Look().OldestSeconds(TcpState.Established), Look().OldestSeconds(TcpState.CloseWait)));
            clock.Turn(70);
            Assert.Equal(70, Look().OldestSeconds(TcpState.Established));
            client.GoOn();
            // The kernel of the server may keep its ACK back for a moment, and the client in FIN_WAIT1.
            Assert.True(SpinWait.SpinUntil(() => Look() is var seen && seen.OldestSeconds(TcpState.CloseWait) is not null && seen.OldestSeconds(TcpState.FinWait2) is not null, 10_000));
            clock.Turn(100);
            Assert.Equal((null, 100, 100), (Look().OldestSeconds(TcpState.Established), Look().OldestSeconds(TcpState.CloseWait), Look().OldestSeconds(TcpState.FinWait2)));
            Assert.Null(Look().OldestSeconds(TcpState.Listen));
            return true;

            OwnerCensus Look()
            {
                var counting = new OwnerCounting();
                return counting.ToCensus(reader.Stream(null, null, StateMask.All, counting.In));
            }
        });
    }

    [Fact]
    public void An_inherited_listener_belongs_to_the_oldest_process_and_to_a_child_when_that_has_ended()
    {
        Require.Root();
        FreshNamespace.Run(() =>
        {
            using var sockets = new HostReader(TimeProvider.System, SourceChoice.Auto);
            using var reader = new OwnerReader(sockets, TimeProvider.System);
            using var family = new PerlProcess("""
                my $middle = fork; if (!$middle) {
                  my $l = listener();
                  my @children; for (1..3) { my $child = fork; if (!$child) { sleep 600; exit } push @children, $child }
                  sleep_on($$, @children);
                }
                await(); kill 9, $middle; waitpid $middle, 0; sleep_on();
                """);
            Assert.Equal(family.Words[0], Assert.Single(OwnedSocket.ReadAll(reader, out _)).Sighting.Owner?.ProcessId);
            family.GoOn();
            int? heir = Assert.Single(OwnedSocket.ReadAll(reader, out _)).Sighting.Owner?.ProcessId;
            foreach (int child in family.Words[1..])
                System.Diagnostics.Process.GetProcessById(child).Kill();
            Assert.Contains(heir ?? 0, family.Words[1..]);
            return true;
        });
    }

    [Fact]
    public void An_activated_service_owns_the_listener_that_it_was_given()
    {
        Require.Root();
        FreshNamespace.Run(() =>
        {
            using var sockets = new HostReader(TimeProvider.System, SourceChoice.Auto);
            using var reader = new OwnerReader(sockets, TimeProvider.System);
            using var activator = new PerlProcess("""
                my $l = listener(); say_ready(fileno $l); await();
                my $service = fork; if (!$service) { $ENV{LISTEN_FDS} = 1; $ENV{LISTEN_PID} = $$; exec 'sleep', '600' }
                close $l; sleep_on($service);
                """);
            Assert.Equal(activator.Id, Assert.Single(OwnedSocket.ReadAll(reader, out _)).Sighting.Owner?.ProcessId);
            int service = activator.GoOn()[0];
            Assert.True(SpinWait.SpinUntil(() => File.ReadAllText($"/proc/{service}/comm") == "sleep\n", 10_000));
            using var fresh = new HostReader(TimeProvider.System, SourceChoice.Auto);
            using var freshReader = new OwnerReader(fresh, TimeProvider.System);
            var owner = Assert.Single(OwnedSocket.ReadAll(freshReader, out _)).Sighting.Owner;
            System.Diagnostics.Process.GetProcessById(service).Kill();
            Assert.Equal((service, "sleep"), (owner?.ProcessId, owner?.Process));
            return true;
        });
    }

    [Fact]
    public void A_process_that_has_become_another_program_is_told_as_that_one()
    {
        Require.Root();
        FreshNamespace.Run(() =>
        {
            using var sockets = new HostReader(TimeProvider.System, SourceChoice.Auto);
            using var reader = new OwnerReader(sockets, TimeProvider.System);
            using var process = new PerlProcess("my $l = listener(); say_ready(); await(); print \"ready\\n\"; exec 'sleep', '600';");
            Assert.Equal("perl", Assert.Single(OwnedSocket.ReadAll(reader, out _)).Sighting.Owner?.Process);
            process.GoOn();
            Assert.True(SpinWait.SpinUntil(() => Assert.Single(OwnedSocket.ReadAll(reader, out _)).Sighting.Owner?.Process == "sleep", 10_000));
            return true;
        });
    }

    [Fact]
    public void A_thread_with_descriptors_of_its_own_is_found()
    {
        Require.Root();
        FreshNamespace.Run(() =>
        {
            using var thread = new ThreadOfItsOwn();
            var owner = Assert.Single(OwnedSocket.ReadAll()).Sighting.Owner;
            Assert.Equal(Environment.ProcessId, owner?.ProcessId);
            return true;
        });
    }

    [Fact]
    public void A_socket_that_lived_for_a_moment_leaves_no_wrong_owner()
    {
        Require.Root();
        FreshNamespace.Run(() =>
        {
            using var sockets = new HostReader(TimeProvider.System, SourceChoice.Auto);
            using var reader = new OwnerReader(sockets, TimeProvider.System, remembers: true);
            using var server = new PerlProcess("my $l = listener(); say_ready($l->sockport); while (my $c = $l->accept) { close $c }");
            for (int i = 0; i < 20; i++)
            {
                using var client = new PerlProcess($"my $c = client({server.Words[0]}); my $end = <$c>; close $c; sleep_on();");
                Assert.All(OwnedSocket.ReadAll(reader, out _), one => Assert.True(one.Sighting.Owner is not { } owner || owner.ProcessId == server.Id || owner.ProcessId == client.Id));
            }

            return true;
        });
    }

    [Fact]
    public void Owners_are_among_those_that_ss_tells()
    {
        Require.Root();
        using var lab = StateLab.Create();
        foreach (var info in TcpStates.All)
            lab.Hold(info.State, 7);
        lab.Hold(TcpState.Established, 5, LabFamily.V4Mapped);
        lab.Hold(TcpState.CloseWait, 5, LabFamily.IPv6);
        var (text, all) = lab.Run(() => (FreshNamespace.Command("ss", "-tanpeH"), OwnedSocket.ReadAll()));
        var bySs = SsLine().Matches(text).ToDictionary(match => uint.Parse(match.Groups["inode"].Value), match => Pid().Matches(match.Value).Select(pid => int.Parse(pid.Groups["pid"].Value)).ToArray());
        var held = all.Where(one => one.Socket.Inode != 0 && one.Socket.State != TcpState.Close).ToArray();
        Assert.Equal(bySs.Keys.Order(), held.Select(one => one.Socket.Inode).Order());
        Assert.All(held, one => Assert.Contains(one.Sighting.Owner!.ProcessId!.Value, bySs[one.Socket.Inode]));
        Assert.All(all.Where(one => one.Socket.State == TcpState.SynRecv), one => Assert.Equal(OwnerCertainty.Listener, one.Sighting.Certainty));
    }

    [Fact]
    public void Without_privilege_what_is_missing_is_said()
    {
        Require.Root();
        var (all, passes) = FreshNamespace.Run(() =>
        {
            using var server = new PerlProcess("my $l = listener(); sleep_on();");
            return Unprivileged.Run(() =>
            {
                using var sockets = new HostReader(TimeProvider.System, SourceChoice.Auto);
                using var reader = new OwnerReader(sockets, TimeProvider.System);
                return (OwnedSocket.ReadAll(reader, out var told), told);
            });
        });
        Assert.NotEqual(OwnerCertainty.Held, Assert.Single(all).Sighting is { Owner: not null } sighting ? sighting.Certainty : OwnerCertainty.Cgroup);
        Assert.True(passes.Denied > 0);
        Assert.Contains("CAP_SYS_PTRACE", new OwnerGap(1, 1, 0, passes.Denied, passes.IsCut, passes.Refusal).Reason?.English);
    }

    [GeneratedRegex(@"^.*ino:(?<inode>[1-9][0-9]*).*$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SsLine();

    [GeneratedRegex("pid=(?<pid>[0-9]+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pid();

    private sealed class TurnedClock : TimeProvider
    {
        private long _seconds;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _seconds;

        public void Turn(int seconds) => _seconds += seconds;
    }
}
