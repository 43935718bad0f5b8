using System.Net;
using System.Net.Sockets;
using TcpLens.Core.Model;
using TcpLens.Linux.Counters;
using TcpLens.Linux.Namespaces;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.KernelTests.Namespaces;

public sealed class NamespacesOfTheMachine
{
    [Fact]
    public void A_hundred_named_namespaces_are_listed_once_each_by_their_names()
    {
        Require.Root();
        using var named = new NamedNamespaces(100);
        var survey = NamespaceScanner.Scan();
        foreach (string name in named.Names)
        {
            var found = Assert.Single(survey.Namespaces, candidate => candidate.Name == name);
            Assert.Equal((NamespaceKind.Named, "/run/netns/" + name, false), (found.Kind, found.Path, found.IsOwn));
            Assert.Equal(1, NamespaceEntry.Run(found, ListenAndCount));
        }

        Assert.Equal(survey.Namespaces.Length, survey.Namespaces.Select(candidate => candidate.Id).Distinct().Count());
        Assert.Equal(survey.Namespaces.Length, survey.Namespaces.Select(candidate => candidate.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.Single(survey.Namespaces, candidate => candidate.IsOwn);
    }

    [Fact]
    public void The_namespace_of_a_process_is_named_by_it_and_found_in_every_way()
    {
        Require.Root();
        using var inhabitant = new Inhabitant();
        var survey = NamespaceScanner.Scan();
        var found = Assert.Single(survey.Namespaces, candidate => candidate.ProcessId == inhabitant.ProcessId);
        Assert.Equal($"sleep({inhabitant.ProcessId})", found.Name);
        var finder = new NamespaceFinder(survey);
        foreach (string word in (string[])[found.Name, $"{found.Inode}", $"net:[{found.Inode}]", $"{inhabitant.ProcessId}", $"/proc/{inhabitant.ProcessId}/ns/net"])
            Assert.Same(found, finder.Find(word).Namespace);
        Assert.NotNull(finder.Find("no-such-namespace").Failure);
    }

    [Fact]
    public void Work_inside_sees_the_sockets_of_the_inside_and_leaves_the_caller_where_it_was()
    {
        Require.Root();
        using var inhabitant = new Inhabitant();
        var found = Find(inhabitant);
        using var listener = NamespaceEntry.Run(found, Listen);
        Assert.Equal(1, NamespaceEntry.Run(found, CountIPv4));
        Assert.True(SocketTotals.TryRead(NamespaceEntry.NetDirectory(found)!, out var outside));
        Assert.Equal(1, outside.InUseIPv4);
        Assert.Equal(found.Inode, NamespaceEntry.Run(found, () => NamespaceScanner.Scan().Own.Inode));
        Assert.NotEqual(found.Inode, NamespaceScanner.Scan().Own.Inode);
    }

    [Fact]
    public void What_the_work_throws_comes_to_the_caller()
    {
        Require.Root();
        using var inhabitant = new Inhabitant();
        Assert.Throws<InvalidDataException>(() => NamespaceEntry.Run<int>(Find(inhabitant), () => throw new InvalidDataException()));
    }

    [Fact]
    public void A_namespace_that_has_gone_is_said_to_have_gone()
    {
        Require.Root();
        NetworkNamespace found;
        using (var inhabitant = new Inhabitant())
            found = Find(inhabitant);
        var gone = Assert.Throws<NamespaceEntryException>(() => NamespaceEntry.Run(found, CountIPv4));
        Assert.False(gone.IsPermission);
        Assert.Contains("does not exist any more", gone.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_that_another_process_has_by_now_is_not_entered()
    {
        Require.Root();
        using var inhabitant = new Inhabitant();
        var old = Find(inhabitant) with { Inode = 4026531834 };
        Assert.Throws<NamespaceEntryException>(() => NamespaceEntry.Run(old, CountIPv4));
    }

    [Fact]
    public void Nobody_sees_every_namespace_and_its_own_by_the_stand_in()
    {
        Require.Root();
        using var inhabitant = new Inhabitant();
        var asRoot = Find(inhabitant);
        using var listener = NamespaceEntry.Run(asRoot, Listen);
        ulong? own = NamespaceScanner.Scan().Own.StandIn;
        Unprivileged.Run(() =>
        {
            var survey = NamespaceScanner.Scan();
            var found = Assert.Single(survey.Namespaces, candidate => candidate.ProcessId == inhabitant.ProcessId);
            Assert.Null(found.Inode);
            Assert.Equal(asRoot.StandIn, found.StandIn);
            Assert.Equal(asRoot.Name, found.Name);
            Assert.Equal(own, survey.Own.StandIn);
            Assert.Equal(0, survey.ProcessesUnseen);
            Assert.Same(found, new NamespaceFinder(survey).Find($"{inhabitant.ProcessId}").Namespace);

            var denied = Assert.Throws<NamespaceEntryException>(() => NamespaceEntry.Run(found, CountIPv4));
            Assert.True(denied.IsPermission);
            string directory = NamespaceEntry.NetDirectory(found)!;
            Assert.True(SocketTotals.TryRead(directory, out var totals));
            Assert.Equal(1, totals.InUseIPv4);
            Assert.NotNull(new KernelCounterReader().Read(directory).ListenOverflows);
            return true;
        });
    }

    [Fact]
    public void A_process_in_the_cgroup_of_a_container_names_its_namespace()
    {
        Require.Root();
        string? cgroups = File.ReadLines("/proc/self/mounts").Select(line => line.Split(' ')).FirstOrDefault(mount => mount[2] == "cgroup2")?[1];
        Require.That(cgroups is not null, "needs cgroup version 2");
        string id = $"{Environment.ProcessId:x12}" + new string('0', 52);
        string cgroup = Path.Combine(cgroups!, $"docker-{id}.scope");
        Directory.CreateDirectory(cgroup);
        try
        {
            using var inhabitant = new Inhabitant();
            File.WriteAllText(Path.Combine(cgroup, "cgroup.procs"), $"{inhabitant.ProcessId}");
            var found = Find(inhabitant);
            Assert.Equal((NamespaceKind.Container, "docker:" + id[..12]), (found.Kind, found.Name));
        }
        finally
        {
            SpinWait.SpinUntil(() => TryDelete(cgroup), 5_000);
        }

        Assert.False(Directory.Exists(cgroup));
    }

    private static NetworkNamespace Find(Inhabitant inhabitant) =>
        Assert.Single(NamespaceScanner.Scan().Namespaces, candidate => candidate.ProcessId == inhabitant.ProcessId);

    private static Socket Listen()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Any, 0));
        listener.Listen(1);
        return listener;
    }

    private static long CountIPv4()
    {
        Assert.True(SocketTotals.TryRead(KernelCounterReader.OwnDirectory, out var totals));
        return totals.InUseIPv4;
    }

    private static long ListenAndCount()
    {
        using var listener = Listen();
        return CountIPv4();
    }

    // A cgroup is busy until the kernel has buried its last process; its files cannot be deleted, only the directory.
    private static bool TryDelete(string cgroup)
    {
        try
        {
            Directory.Delete(cgroup);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
