using TcpLens.Core.Model;
using TcpLens.Linux.Namespaces;
using Xunit;

namespace TcpLens.UnitTests.Namespaces;

public sealed class NamespaceSurveys : IDisposable
{
    private const ulong Host = ProcTree.HostBefore617;
    private const ulong Other = 4026532248;
    private const ulong Third = 4026532310;
    private const string Docker = "0::/system.slice/docker-0123456789ab7f3a5c1d2e9b8a7766554433221100ffeeddccbbaa9988776655.scope";

    private readonly ProcTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void A_namespace_with_many_processes_stands_once_with_the_lowest_of_them()
    {
        _tree.Process(1, Host).Process(900, Other, "nginx").Process(77, Other, "nginx").Process(78, Other);
        var survey = NamespaceScanner.Scan(_tree.Roots);
        Assert.Equal("host nginx(77)", Names(survey));
        Assert.Equal(77, survey.Namespaces[1].ProcessId);
        Assert.Equal(Other, survey.Namespaces[1].Id);
        Assert.Equal((4, 0), (survey.Processes, survey.ProcessesUnseen));
    }

    [Fact]
    public void The_own_namespace_is_known_by_its_inode()
    {
        _tree.Process(1, Host).Process(5, Other);
        Assert.Equal("host", NamespaceScanner.Scan(_tree.Roots).Own.Name);
    }

    [Fact]
    public void The_own_namespace_is_known_by_the_stand_in_when_its_processes_are_shut()
    {
        _tree.ShutProcess(1, Host).ShutProcess(5, Other);
        var survey = NamespaceScanner.Scan(_tree.Roots);
        Assert.Equal(2, survey.Namespaces.Length);
        Assert.Equal("host", survey.Own.Name);
        Assert.Equal(1, survey.Own.ProcessId);
        Assert.Null(survey.Namespaces[1].Inode);
        Assert.NotEqual(0ul, survey.Namespaces[1].Id);
    }

    [Fact]
    public void Shut_and_open_processes_of_one_namespace_make_one()
    {
        _tree.Process(1, Host).ShutProcess(5, Other).Process(6, Other).ShutProcess(7, Other).ShutProcess(8, Host);
        var survey = NamespaceScanner.Scan(_tree.Roots);
        Assert.Equal(2, survey.Namespaces.Length);
        Assert.Equal((Other, 5), (survey.Namespaces[1].Inode, survey.Namespaces[1].ProcessId));
    }

    [Fact]
    public void Hidden_processes_are_counted_and_ended_ones_are_not()
    {
        _tree.Process(1, Host).HiddenProcess(5).HiddenProcess(6).EndedProcess(7);
        var survey = NamespaceScanner.Scan(_tree.Roots);
        Assert.Equal((3, 2), (survey.Processes, survey.ProcessesUnseen));
    }

    [Fact]
    public void Names_come_from_ip_netns_then_the_container_then_the_service_then_the_process()
    {
        ulong blue = _tree.Named("blue");
        _tree.Process(1, Host).Process(10, blue, cgroup: Docker).Process(11, Other, cgroup: Docker).Process(12, Third, cgroup: "0::/system.slice/web.service");
        var names = NamespaceScanner.Scan(_tree.Roots).Namespaces.ToDictionary(found => found.Name, found => found.Kind, StringComparer.Ordinal);
        Assert.Equal(NamespaceKind.Host, names["host"]);
        Assert.Equal(NamespaceKind.Named, names["blue"]);
        Assert.Equal(NamespaceKind.Container, names["docker:0123456789ab"]);
        Assert.Equal(NamespaceKind.Service, names["web.service"]);
    }

    [Theory]
    [InlineData("cni-3f1e9c2d-0000-1111-2222-333344445555")]
    [InlineData("netns-3f1e9c2d-0000-1111-2222-333344445555")]
    public void A_random_name_yields_to_that_of_the_container(string file)
    {
        ulong inode = _tree.Named(file);
        _tree.Process(10, inode, cgroup: Docker);
        Assert.Contains(NamespaceScanner.Scan(_tree.Roots).Namespaces, found => found.Name == "docker:0123456789ab" && found.Path!.EndsWith(file, StringComparison.Ordinal));
    }

    [Fact]
    public void Equal_names_are_told_apart_by_the_process()
    {
        _tree.Process(1, Host).Process(10, Other, cgroup: "0::/a.slice/web.service").Process(11, Third, cgroup: "0::/b.slice/web.service");
        Assert.Equal("host web.service web.service(11)", Names(NamespaceScanner.Scan(_tree.Roots)));
    }

    [Fact]
    public void Nobody_can_take_the_name_of_the_host()
    {
        _tree.Named("host");
        _tree.Process(1, Host);
        var survey = NamespaceScanner.Scan(_tree.Roots);
        Assert.Equal(NamespaceKind.Host, Assert.Single(survey.Namespaces, found => found.Name == "host").Kind);
        Assert.Equal(2, survey.Namespaces.Length);
    }

    [Fact]
    public void In_a_container_process_1_is_not_the_host()
    {
        using var tree = new ProcTree(own: Other, processNamespace: 4026532400);
        tree.Process(1, Other, "java");
        var own = Assert.Single(NamespaceScanner.Scan(tree.Roots).Namespaces);
        Assert.Equal(("java(1)", NamespaceKind.Process, true), (own.Name, own.Kind, own.IsOwn));
    }

    [Fact]
    public void The_fixed_number_of_new_kernels_is_the_host_even_where_process_1_is_another()
    {
        using var tree = new ProcTree(own: 4026531833, processNamespace: 4026532400);
        tree.Process(1, 4026531833);
        Assert.Equal("host", NamespaceScanner.Scan(tree.Roots).Own.Name);
    }

    [Fact]
    public void A_process_name_that_would_drive_a_terminal_is_made_harmless()
    {
        _tree.Process(1, Host).Process(9, Other, "\u001b]0;x\u0007");
        Assert.Equal("?]0;x?(9)", NamespaceScanner.Scan(_tree.Roots).Namespaces[1].Name);
    }

    [Fact]
    public void A_tree_that_is_empty_still_has_the_own_namespace() =>
        Assert.True(Assert.Single(NamespaceScanner.Scan(_tree.Roots).Namespaces).IsOwn);

    private static string Names(NamespaceSurvey survey) => string.Join(' ', survey.Namespaces.Select(found => found.Name));
}
