using TcpLens.Core.Owners;
using TcpLens.KernelTests.Namespaces;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.KernelTests.Owners;

/// <summary>
/// Services and containers by real cgroups of this kernel, in the shapes of each runtime: below a cgroup that the test makes and takes away, of version 2
/// where it is mounted. The shapes of version 1, which many machines do not have, are tested by files (<c>HoldersOfTrees</c>).
/// </summary>
public sealed class OwnersOfCgroups
{
    private const string Id = "0123456789ab7f3a5c1d2e9b8a7766554433221100ffeeddccbbaa9988776655";

    private static readonly string? s_root = new[] { "/sys/fs/cgroup", "/sys/fs/cgroup/unified" }.FirstOrDefault(root => File.Exists(root + "/cgroup.controllers"));

    public static TheoryData<string, string> Shapes => new()
    {
        { "system.slice/web.service", "web.service" },
        { "user.slice/user-1000.slice/user@1000.service/app.slice/app-web.service", "app-web.service" },
        { $"system.slice/docker-{Id}.scope", "docker:0123456789ab" },
        { $"docker/{Id}", "docker:0123456789ab" },
        { $"machine.slice/libpod-{Id}.scope/container", "podman:0123456789ab" },
        { $"kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod3f1e_9c.slice/cri-containerd-{Id}.scope", "containerd:0123456789ab" },
        { $"kubepods.slice/kubepods-pod3f1e_9c.slice/crio-{Id}.scope", "cri-o:0123456789ab" },
        { $"kubepods/besteffort/pod3f1e9c2d-0000-1111-2222-333344445555/{Id}", "kubernetes:0123456789ab" },
        { "lxc.payload.web/system.slice/nginx.service", "lxc:web" },
        { "machine.slice/systemd-nspawn@web.service/payload", "nspawn:web" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_process_in_a_cgroup_is_told_as_its_service_or_container_by_descriptor_and_without(string path, string service)
    {
        Require.Root();
        Require.That(s_root is not null, "needs cgroup version 2");
        string own = Path.Combine(s_root!, $"tcplens-test-{Environment.ProcessId}-{service.GetHashCode(StringComparison.Ordinal):x}");
        Directory.CreateDirectory(Path.Combine(own, path));
        try
        {
            var (held, told) = FreshNamespace.Run(() =>
            {
                // The cgroup of a socket is that of its maker when it was made.
                using var server = new PerlProcess($"open(my $f, '>', '{own}/{path}/cgroup.procs') or die $!; print $f $$; close $f or die $!; my $l = listener(); sleep_on();");
                return (Assert.Single(OwnedSocket.ReadAll()).Sighting, Unprivileged.Run(() => Assert.Single(OwnedSocket.ReadAll()).Sighting));
            });
            Assert.Equal((service, OwnerCertainty.Held), (held.Owner?.Service, held.Certainty));
            Assert.Equal((service, OwnerCertainty.Cgroup), (told.Owner?.Service, told.Certainty));
        }
        finally
        {
            Remove(own);
        }
    }

    // A cgroup is removed when it is empty; its files are not to be deleted.
    private static void Remove(string folder)
    {
        foreach (string child in Directory.EnumerateDirectories(folder))
            Remove(child);
        Assert.True(SpinWait.SpinUntil(() => TryRemove(folder), 10_000), folder);
    }

    private static bool TryRemove(string folder)
    {
        try
        {
            Directory.Delete(folder);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
