using System.Text;
using CsCheck;
using TcpLens.Core.Owners;
using TcpLens.Core.Text;
using TcpLens.Linux.Namespaces;
using TcpLens.UnitTests.Counters;
using Xunit;

namespace TcpLens.UnitTests.Owners;

public sealed class CgroupPlaces
{
    private const string Id = "0123456789ab7f3a5c1d2e9b8a7766554433221100ffeeddccbbaa9988776655";

    [Theory]
    // Docker: cgroupfs on version 1, systemd on version 2, rootless, inside another container, on Amazon ECS.
    [InlineData("12:memory:/docker/" + Id, "docker:0123456789ab")]
    [InlineData("0::/system.slice/docker-" + Id + ".scope", "docker:0123456789ab")]
    [InlineData("0::/user.slice/user-1000.slice/user@1000.service/user.slice/docker-" + Id + ".scope", "docker:0123456789ab")]
    [InlineData("5:cpu:/docker/ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff/docker/" + Id, "docker:0123456789ab")]
    [InlineData("9:cpuset:/ecs/0a1b2c/" + Id, "container:0123456789ab")]
    // Podman: with systemd, rootless with the payload's own directory, with cgroupfs.
    [InlineData("0::/machine.slice/libpod-" + Id + ".scope", "podman:0123456789ab")]
    [InlineData("0::/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-" + Id + ".scope/container", "podman:0123456789ab")]
    [InlineData("0::/libpod_parent/libpod-" + Id, "podman:0123456789ab")]
    // Kubernetes: containerd and CRI-O with systemd, cgroupfs, and the mixture of both.
    [InlineData("0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod3f1e_9c.slice/cri-containerd-" + Id + ".scope", "containerd:0123456789ab")]
    [InlineData("0::/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod3f1e.slice/crio-" + Id + ".scope", "cri-o:0123456789ab")]
    [InlineData("11:devices:/kubepods/burstable/pod3f1e9c2d-0000-1111-2222-333344445555/" + Id, "kubernetes:0123456789ab")]
    [InlineData("0::/system.slice/containerd.service/kubepods-besteffort-pod3f1e.slice:cri-containerd:" + Id, "containerd:0123456789ab")]
    [InlineData("0::/../cri-containerd-" + Id + ".scope", "containerd:0123456789ab")]
    [InlineData("0::/system.slice/nerdctl-" + Id + ".scope", "nerdctl:0123456789ab")]
    // System containers.
    [InlineData("0::/lxc.payload.web/system.slice/nginx.service", "lxc:web")]
    [InlineData("4:memory:/lxc/web", "lxc:web")]
    [InlineData("0::/machine.slice/machine-web.scope/payload", "machine:web")]
    [InlineData("0::/machine.slice/systemd-nspawn@web.service/payload/system.slice/nginx.service", "nspawn:web")]
    public void A_container_is_known_by_its_cgroup(string line, string name) => Assert.Equal(name, Parse(line).Container?.ToString());

    [Theory]
    [InlineData("0::/system.slice/web.service", "web.service")]
    [InlineData("1:name=systemd:/system.slice/system-web.slice/web@1.service", "web@1.service")]
    [InlineData("0::/user.slice/user-1000.slice/user@1000.service/app.slice/app-web.service", "app-web.service")]
    [InlineData("0::/system.slice/web.service/payload", "web.service")]
    public void A_service_is_known_by_its_cgroup(string line, string name) => Assert.Equal((null, name), (Parse(line).Container, Parse(line).Unit));

    [Theory]
    [InlineData("")]
    [InlineData("0::/")]
    [InlineData("0::/init.scope")]
    [InlineData("0::/user.slice/user-1000.slice/session-3.scope")]
    [InlineData("no cgroup at all")]
    [InlineData("0:")]
    [InlineData("0::/machine.slice/libpod-conmon-" + Id + ".scope")]
    [InlineData("0::/kubepods.slice/crio-conmon-" + Id + ".scope")]
    [InlineData("0::/docker/0123456789ab")]
    public void Anything_else_has_no_owner(string line) => Assert.True(Parse(line).IsNowhere);

    [Theory]
    [InlineData("0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod3f1e9c2d_0000_1111_2222_333344445555.slice/cri-containerd-" + Id + ".scope", "3f1e9c2d-0000-1111-2222-333344445555")]
    [InlineData("0::/kubepods.slice/kubepods-pod3f1e9c2d_0000_1111_2222_333344445555.slice/crio-" + Id + ".scope", "3f1e9c2d-0000-1111-2222-333344445555")]
    [InlineData("11:devices:/kubepods/besteffort/pod3f1e9c2d-0000-1111-2222-333344445555/" + Id, "3f1e9c2d-0000-1111-2222-333344445555")]
    [InlineData("11:devices:/kubepods/pod0123456789abcdef0123456789abcdef/" + Id, "0123456789abcdef0123456789abcdef")]
    [InlineData("0::/system.slice/containerd.service/kubepods-besteffort-pod3f1e.slice:cri-containerd:" + Id, "3f1e")]
    [InlineData("0::/system.slice/docker-" + Id + ".scope", null)]
    [InlineData("0::/podman/pod12/" + Id, null)]
    public void The_pod_of_a_container_is_known_by_its_cgroup(string line, string? pod)
    {
        Assert.NotNull(Parse(line).Container);
        Assert.Equal(pod, Parse(line).Container!.Pod);
    }

    [Theory]
    [InlineData("0::/user.slice/user-1000.slice/user@1000.service/app.slice/app-gnome-web-42.scope", "app-gnome-web-42.scope")]
    [InlineData("0::/system.slice/run-r0123.scope", "run-r0123.scope")]
    [InlineData("0::/system.slice/ssh.socket", "ssh.socket")]
    [InlineData("0::/user.slice/user-1000.slice/user@1000.service/app.slice/web.socket", "web.socket")]
    [InlineData("1:name=systemd:/system.slice/run-u5.scope\n0::/system.slice/web.service", "web.service")]
    [InlineData("0::/machine.slice/libpod-conmon-" + Id + ".scope", null)]
    public void A_scope_or_a_socket_unit_is_the_unit_where_no_service_is(string line, string? unit) => Assert.Equal(unit, Parse(line).Unit);

    [Fact]
    public void A_container_below_a_service_has_both()
    {
        var place = Parse($"0::/system.slice/web.service/libpod-payload-{Id}");
        Assert.Equal(("podman:0123456789ab", "web.service"), (place.Container?.ToString(), place.Unit));
    }

    [Fact]
    public void A_container_in_any_hierarchy_wins_over_a_service_in_another() =>
        Assert.Equal("docker:0123456789ab", Parse($"12:pids:/system.slice/docker.service\n4:memory:/docker/{Id}\n0::/system.slice/docker.service\n").Container?.ToString());

    [Fact]
    public void A_service_is_found_when_the_other_hierarchies_say_nothing() =>
        Assert.Equal("web.service", Parse("12:pids:/\n1:name=systemd:/system.slice/web.service\n0::/\n").Unit);

    [Fact]
    public void A_name_that_would_drive_a_terminal_is_made_harmless() =>
        Assert.Equal("?[2Jweb?.service", Parse("0::/system.slice/\u001b[2Jweb\u202e.service").Unit);

    [Fact]
    public void Any_bytes_are_read_without_an_exception()
    {
        Mutated.Of($"12:memory:/docker/{Id}\n0::/a.slice/kubepods-pod1.slice:cri-containerd:{Id}\n").Sample(text => { _ = CgroupPlace.Parse(text); });
        Mutated.Of("net:[4026531833]").Sample(text => { _ = NamespaceLink.TryParse(text, "net"u8, out _); });
        Gen.Byte.Array[0, 64].Sample(text => { _ = PrintableName.Of(text); });
    }

    private static CgroupPlace Parse(string text) => CgroupPlace.Parse(Encoding.UTF8.GetBytes(text));
}
