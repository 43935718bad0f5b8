using TcpLens.Core.Model;
using TcpLens.Core.Owners;
using Xunit;

namespace TcpLens.UnitTests.Owners;

/// <summary>Who holds a socket, from processes that a test has laid down as files: what cannot be made at will on a real machine.</summary>
public sealed class HoldersOfTrees
{
    private const string Id = "0123456789ab7f3a5c1d2e9b8a7766554433221100ffeeddccbbaa9988776655";

    private static readonly SocketRecord s_listener = Socket(TcpState.Listen, 100, 443, 0);
    private static readonly SocketRecord s_accepted = Socket(TcpState.Established, 101, 443, 5001);
    private static readonly SocketRecord s_outgoing = Socket(TcpState.Established, 102, 40000, 5432);

    [Fact]
    public void A_socket_belongs_to_the_process_that_has_its_descriptor()
    {
        using var tree = new HolderTree();
        tree.Process(42, 7, "web", "0::/system.slice/web.service", 33, 100, 101, 999).Process(43, 8, "other").Look(0, s_listener, s_accepted, s_outgoing);
        var (owner, certainty, _) = tree.Of(s_accepted);
        Assert.Equal((42, "web", "/usr/bin/web --flag", "web.service", "www-data", "unit"), (owner!.ProcessId, owner.Process, owner.CommandLine, owner.Unit, owner.User, owner.Kind));
        Assert.Equal(OwnerCertainty.Held, certainty);
        Assert.Null(tree.Of(s_outgoing).Owner);
    }

    [Fact]
    public void A_password_in_a_command_line_is_told_to_nobody_however_long_it_is()
    {
        using var tree = new HolderTree();
        tree.Process(42, 7, "worker", sockets: 101).CommandLine(42, "worker", "--password", new string('x', 300), "--queue=jobs").Look(0, s_accepted);
        Assert.Equal("worker --password *** --queue=jobs", tree.Of(s_accepted).Owner!.CommandLine);
    }

    [Theory]
    [InlineData("0::/system.slice/docker-" + Id + ".scope", "docker:0123456789ab")]
    [InlineData("12:memory:/docker/" + Id, "docker:0123456789ab")]
    [InlineData("0::/machine.slice/libpod-" + Id + ".scope", "podman:0123456789ab")]
    [InlineData("0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1_2.slice/cri-containerd-" + Id + ".scope", "containerd:0123456789ab")]
    [InlineData("11:devices:/kubepods/besteffort/pod1-2/" + Id, "kubernetes:0123456789ab")]
    [InlineData("0::/kubepods.slice/kubepods-pod1_2.slice/crio-" + Id + ".scope", "cri-o:0123456789ab")]
    [InlineData("0::/lxc.payload.web/system.slice/nginx.service", "lxc:web")]
    [InlineData("0::/user.slice/user-1000.slice/user@1000.service/app.slice/app-web.service", "app-web.service")]
    [InlineData("0::/user.slice/user-1000.slice/session-3.scope", "web")]
    public void A_service_has_the_name_of_its_container_or_unit(string cgroup, string service)
    {
        using var tree = new HolderTree();
        tree.Process(42, 7, "web", cgroup, 0, 101).Look(0, s_accepted);
        Assert.Equal(service, tree.Of(s_accepted).Owner!.Service);
    }

    [Fact]
    public void A_shared_socket_belongs_to_the_oldest_holder_but_never_to_the_first_process_or_a_manager_of_units()
    {
        using var tree = new HolderTree();
        tree.Process(1, 1, "init", "0::/", 0, 100).Process(900, 2, "systemd", "0::/", 0, 100)
            .Process(50, 9, "worker", "0::/", 0, 100).Process(60, 8, "master", "0::/", 0, 100).Process(70, 10, "worker", "0::/", 0, 100).Look(0, s_listener);
        Assert.Equal("master", tree.Of(s_listener).Owner!.Process);
    }

    [Fact]
    public void A_socket_that_the_first_process_alone_holds_is_its_own()
    {
        using var tree = new HolderTree();
        tree.Process(1, 1, "systemd", "0::/init.scope", 0, 100).Look(0, s_listener);
        Assert.Equal("systemd", tree.Of(s_listener).Owner!.Service);
    }

    [Fact]
    public void What_its_oldest_holder_leaves_belongs_to_the_next()
    {
        using var tree = new HolderTree();
        tree.Process(60, 8, "master", "0::/", 0, 100).Process(50, 9, "worker", "0::/", 0, 100).Look(0, s_listener);
        tree.End(60);
        Assert.Equal("worker", tree.Look(1, s_listener).Of(s_listener).Owner!.Process);
    }

    [Fact]
    public void Another_process_of_the_same_number_is_another_owner()
    {
        using var tree = new HolderTree();
        tree.Process(42, 7, "web", "0::/", 0, 101).Look(0, s_accepted);
        tree.End(42);
        tree.Process(42, 99, "web", "0::/system.slice/late.service", 0, 102).Look(1, s_accepted, s_outgoing);
        Assert.Null(tree.Of(s_accepted).Owner);
        Assert.Equal("late.service", tree.Of(s_outgoing).Owner!.Service);
    }

    [Fact]
    public void A_process_that_runs_another_program_now_is_told_as_that()
    {
        using var tree = new HolderTree();
        tree.Process(42, 7, "sh", "0::/", 0, 101).Look(0, s_accepted);
        tree.End(42);
        tree.Process(42, 7, "web", "0::/", 0, 101).Look(1, s_accepted);
        Assert.Equal("web", tree.Of(s_accepted).Owner!.Process);
    }

    [Fact]
    public void A_descriptor_that_has_wandered_is_found_again_within_a_minute()
    {
        using var tree = new HolderTree();
        tree.Process(42, 7, "giver", "0::/", 0, 101).Process(43, 8, "taker").Look(0, s_accepted);
        tree.End(42);
        tree.End(43);
        tree.Process(42, 7, "giver").Process(43, 8, "taker", "0::/", 0, 101);
        Assert.Equal("taker", tree.Look(61, s_accepted).Of(s_accepted).Owner!.Process);
    }

    [Fact]
    public void What_nobody_has_accepted_belongs_to_the_listener()
    {
        using var tree = new HolderTree();
        tree.Process(42, 7, "web", "0::/", 0, 100).Look(0, s_listener);
        foreach (var state in new[] { TcpState.SynRecv, TcpState.Established, TcpState.CloseWait, TcpState.TimeWait })
        {
            var sighting = tree.Of(Socket(state, 0, 443, 6000));
            Assert.Equal(("web", OwnerCertainty.Listener), (sighting.Owner?.Process, sighting.Certainty));
        }

        Assert.Null(tree.Of(Socket(TcpState.TimeWait, 0, 40001, 443)).Owner);
    }

    [Fact]
    public void Of_two_listeners_at_a_port_the_one_of_the_address_counts()
    {
        var special = s_listener with { Inode = 200, Local = new TcpEndpoint(Address("10.0.0.1"), 443) };
        using var tree = new HolderTree();
        tree.Process(42, 7, "all", "0::/", 0, 100).Process(43, 8, "one", "0::/", 0, 200).Look(0, s_listener, special);
        var half = Socket(TcpState.SynRecv, 0, 443, 6000);
        Assert.Equal("all", tree.Of(half).Owner!.Process);
        Assert.Equal("one", tree.Of(half with { Local = new TcpEndpoint(Address("10.0.0.1"), 443) }).Owner!.Process);
    }

    [Fact]
    public void Who_held_a_connection_is_remembered_when_only_the_kernel_does()
    {
        using var tree = new HolderTree(remembers: true);
        tree.Process(42, 7, "client", "0::/", 0, 102).Look(0, s_outgoing).Look(5, s_outgoing);
        Assert.Equal(5, tree.Of(s_outgoing).Seconds);
        tree.End(42);
        var left = s_outgoing with { State = TcpState.TimeWait, Inode = 0, Timer = SocketTimer.TimeWait, TimerMilliseconds = 50_000 };
        var sighting = tree.Look(1, left).Of(left);
        Assert.Equal(("client", OwnerCertainty.Remembered, 10), (sighting.Owner?.Process, sighting.Certainty, sighting.Seconds));
        tree.Look(200);
        Assert.Equal(0, tree.Remembered);
        Assert.Null(tree.Of(left).Owner);
    }

    [Fact]
    public void Memory_has_a_limit()
    {
        using var tree = new HolderTree(remembers: true);
        var many = Enumerable.Range(0, Linux.Owners.ConnectionMemory.Maximum + 500)
            .Select(i => Socket(TcpState.LastAck, 0, (ushort)i, 443) with { Remote = new TcpEndpoint(new IpAddress((UInt128)i), 443) }).ToArray();
        Assert.Equal(Linux.Owners.ConnectionMemory.Maximum, tree.Look(0, many).Remembered);
    }

    [Fact]
    public void Nothing_is_kept_of_a_TIME_WAIT_that_nobody_was_seen_to_hold()
    {
        using var tree = new HolderTree(remembers: true);
        var left = Socket(TcpState.TimeWait, 0, 40001, 443) with { Timer = SocketTimer.TimeWait, TimerMilliseconds = 20_000 };
        Assert.Equal(0, tree.Look(0, left).Remembered);
        Assert.Equal(40, tree.Of(left).Seconds);
    }

    [Fact]
    public void A_process_whose_sockets_are_all_known_is_not_searched_again()
    {
        using var tree = new HolderTree();
        tree.Process(42, 7, "web", "0::/", 0, 100, 101).Process(43, 8, "other").Look(0, s_listener, s_accepted);
        Assert.True(tree.Search.Descriptors > 0);
        Assert.Equal(0, tree.Look(5, s_listener, s_accepted).Search.Descriptors);
        tree.End(42);
        tree.Process(42, 7, "web", "0::/", 0, 100, 101, 102).Look(5, s_listener, s_accepted, s_outgoing);
        // Only the process that holds sockets already was looked at: its four descriptors.
        Assert.Equal(4, tree.Search.Descriptors);
        Assert.Equal("web", tree.Of(s_outgoing).Owner!.Process);
    }

    [Fact]
    public void What_nobody_holds_is_not_searched_for_all_the_time()
    {
        using var tree = new HolderTree();
        tree.Process(43, 8, "other").Look(0, s_outgoing);
        Assert.Equal(0, tree.Look(5, s_outgoing).Search.Descriptors);
        tree.Process(44, 9, "late", "0::/", 0, 102);
        Assert.Equal("late", tree.Look(60, s_outgoing).Of(s_outgoing).Owner!.Process);
    }

    [Fact]
    public void Without_a_descriptor_the_cgroup_says_who_made_the_socket()
    {
        using var tree = new HolderTree();
        ulong service = tree.Cgroup("system.slice/web.service");
        ulong container = tree.Cgroup($"system.slice/docker-{Id}.scope");
        ulong nothing = tree.Cgroup("user.slice");
        tree.Look(0);
        Assert.Equal(("web.service", OwnerCertainty.Cgroup), (tree.Of(s_accepted with { CgroupId = service }).Owner?.Service, tree.Of(s_accepted with { CgroupId = service }).Certainty));
        Assert.Equal("docker:0123456789ab", tree.Of(s_accepted with { CgroupId = container }).Owner!.Service);
        Assert.Null(tree.Of(s_accepted with { CgroupId = nothing }).Owner);
        Assert.Null(tree.Of(s_accepted with { CgroupId = 1 }).Owner);
    }

    private static SocketRecord Socket(TcpState state, uint inode, ushort localPort, ushort remotePort) => new()
    {
        State = state,
        Family = SocketFamily.IPv4,
        Inode = inode,
        Local = new TcpEndpoint(state == TcpState.Listen ? Address("0.0.0.0") : Address("192.0.2.1"), localPort),
        Remote = new TcpEndpoint(state == TcpState.Listen ? Address("0.0.0.0") : Address("198.51.100.7"), remotePort),
    };

    private static IpAddress Address(string text) => IpAddress.TryParse(text, out var address) ? address : throw new ArgumentException(text, nameof(text));
}
