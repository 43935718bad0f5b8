using TcpLens.Agents;
using TcpLens.Core.Text;
using TcpLens.Outputs.Zabbix;
using TcpLens.TestKit;
using TcpLens.Zabbix.AgentConfiguration;
using Xunit;

namespace TcpLens.UnitTests.Zabbix;

public sealed class Installing : IDisposable
{
    private const string Agentd = "/etc/zabbix/zabbix_agentd.conf";
    private const string OursOfAgentd = "/etc/zabbix/zabbix_agentd.conf.d/tcplens.conf";
    private const string OursOfAgent2 = "/etc/zabbix/zabbix_agent2.d/tcplens.conf";

    private readonly AgentTree _tree = new();

    private AgentHost Host => new() { Root = _tree.Root, Binary = "/usr/bin/tcplens", IsRoot = true, Programs = new FakePrograms(_ => "") };

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Running_agents_are_found_with_their_files_and_users_and_children_are_passed_over()
    {
        _tree.WithDebianAgentd().WithDebianAgent2()
            .Run(70, "zabbix_agentd", "/usr/sbin/zabbix_agentd", "--foreground")
            .Run(71, "zabbix_agentd", "/usr/sbin/zabbix_agentd: collector [idle 1 sec]")
            .Run(80, "zabbix_agent2", "/opt/zabbix_agent2", "-foreground", "-c", "/srv/two.conf")
            .Run(90, "sshd", "sshd")
            .Write("/proc/91/comm", "zabbix_agent2\n").Write("/proc/91/cmdline", "");
        var found = Find(null);
        Assert.Equal(
            [(70, Agentd, "/usr/sbin/zabbix_agentd"), (80, "/srv/two.conf", "/opt/zabbix_agent2")],
            found.Select(agent => (agent.ProcessId!.Value, agent.Configuration, Assert.Single(agent.Command))));
        Assert.All(found, agent => Assert.Equal(("zabbix", 110, 115), (agent.User!.Name, agent.User.UserId, agent.User.GroupId)));
        Assert.Equal(["setpriv", "--reuid=110", "--regid=115", "--groups=115,4", "--"], found[0].User!.Prefix(Host));
    }

    [Fact]
    public void Agents_started_by_a_loader_or_renamed_are_found_by_what_they_were_given()
    {
        _tree.WithDebianAgentd()
            .Run(70, "ld-linux-x86-64", "/lib64/ld-linux-x86-64.so.2", "--library-path", "/opt/lib", "/opt/sbin/zabbix_agentd", "-f", "-c", "/srv/one.conf")
            .Run(75, "zabbix_agentd-7", "/opt/zabbix_agentd-7.0", "--config", "/srv/seven.conf")
            .Run(80, "ld-2.36.so", "/opt/ld-2.36.so", "/opt/sbin/zabbix_agent2")
            .Run(85, "monitor", "/opt/zbx/monitor", "-f", "--config=/opt/zbx/zabbix_agent2.conf")
            .Run(86, "zabbix-agent", "/opt/zbx/zabbix-agent", "-c", "/opt/zbx/zabbix_agentd.test.conf", "--foreground");
        var found = Find(null);
        Assert.Equal(
            [
                (70, AgentProgram.Agentd, "/srv/one.conf", "/lib64/ld-linux-x86-64.so.2 --library-path /opt/lib /opt/sbin/zabbix_agentd"),
                (75, AgentProgram.Agentd, "/srv/seven.conf", "/opt/zabbix_agentd-7.0"),
                (80, AgentProgram.Agent2, "/etc/zabbix/zabbix_agent2.conf", "/opt/ld-2.36.so /opt/sbin/zabbix_agent2"),
                (85, AgentProgram.Agent2, "/opt/zbx/zabbix_agent2.conf", "/opt/zbx/monitor"),
                (86, AgentProgram.Agentd, "/opt/zbx/zabbix_agentd.test.conf", "/opt/zbx/zabbix-agent"),
            ],
            found.Select(agent => (agent.ProcessId!.Value, agent.Program, agent.Configuration, string.Join(' ', agent.Command))));
    }

    [Theory]
    [InlineData("/usr/bin/vim", "-c", "/etc/zabbix/zabbix_agentd.conf", "+7")]
    [InlineData("/usr/bin/nano", "-c", "/etc/zabbix/zabbix_agentd.conf")]
    [InlineData("/usr/bin/less", "/etc/zabbix/zabbix_agentd.conf")]
    [InlineData("/usr/bin/sudo", "/usr/sbin/zabbix_agentd", "-c", "/etc/zabbix/zabbix_agentd.conf")]
    [InlineData("/usr/bin/tcplens", "zabbix", "check", "--config", "/etc/zabbix/zabbix_agentd.conf")]
    [InlineData("/usr/bin/bash", "-c", "zabbix_agentd -c /etc/zabbix/zabbix_agentd.conf")]
    [InlineData("/usr/sbin/nginx", "-c", "/etc/nginx/nginx.conf")]
    [InlineData("/lib64/ld-linux-x86-64.so.2", "/usr/bin/less", "/etc/zabbix/zabbix_agentd.conf")]
    [InlineData("/usr/sbin/zabbix_server", "-f", "-c", "/etc/zabbix/zabbix_server.conf")]
    public void What_only_names_an_agent_s_file_is_none(params string[] commandLine)
    {
        _tree.Run(70, Path.GetFileName(commandLine[0]), commandLine);
        Assert.Empty(Find(null));
    }

    [Fact]
    public void Agents_that_do_not_run_are_found_by_their_usual_files()
    {
        Assert.Empty(Find(null));
        _tree.WithDebianAgentd().WithDebianAgent2();
        Assert.Equal([AgentProgram.Agentd, AgentProgram.Agent2], Find(null).Select(agent => agent.Program));
        Assert.Equal(AgentProgram.Agent2, Assert.Single(Find("/etc/zabbix/zabbix_agent2.conf")).Program);
    }

    [Theory]
    [InlineData("-c /a", "/a")]
    [InlineData("-f -c/a", "/a")]
    [InlineData("--config /a", "/a")]
    [InlineData("--config=/a -f", "/a")]
    [InlineData("-config=/a", "/a")]
    [InlineData("-c=/a", "/a")]
    [InlineData("-f", null)]
    [InlineData("-c", null)]
    public void The_configuration_is_taken_from_the_command_line(string words, string? expected) =>
        Assert.Equal(expected, AgentCommandLine.Configuration(["zabbix_agentd", .. words.Split(' ')]));

    [Fact]
    public void Installing_writes_one_file_twice_changes_nothing_and_uninstalling_removes_it()
    {
        _tree.WithDebianAgentd().WithDebianAgent2().Run(70, "zabbix_agentd", "/usr/sbin/zabbix_agentd", "-f");
        string[] before = AllFiles();
        Match("install-dry-run", Install(dryRun: true));
        Assert.Equal(before, AllFiles());
        Match("install-written", Install());
        Assert.Equal([.. before, OursOfAgent2, OursOfAgentd], AllFiles());
        Golden.Match("tcplens.conf", File.ReadAllText(_tree.At(OursOfAgentd)));
        Assert.Equal("-rw-r--r--", ModeOf(OursOfAgentd));
        var written = File.GetLastWriteTimeUtc(_tree.At(OursOfAgentd));
        Match("install-unchanged", Install());
        Assert.Equal(written, File.GetLastWriteTimeUtc(_tree.At(OursOfAgentd)));
        Match("uninstall", [.. Find(null).Select(agent => new Installer(Host).Uninstall(agent, dryRun: false))]);
        Assert.Equal(before, AllFiles());
        Assert.All(Find(null), agent => Assert.Equal(InstallAction.NothingToRemove, new Installer(Host).Uninstall(agent, dryRun: false).Action));
    }

    [Fact]
    public void Nothing_is_written_where_the_recipe_is_still_there_unless_its_keys_are_left_out()
    {
        _tree.WithDebianAgentd().Write("/etc/zabbix/zabbix_agentd.conf.d/tcp.conf", "UserParameter=LISTEN,netstat -ntup|grep LISTEN -c\nUserParameter=CLOSE,netstat -ntup|grep CLOSE -c\n");
        string[] before = AllFiles();
        Match("install-collision", Install());
        Assert.Equal(before, AllFiles());
        Match("install-skip-existing", Install(skipExisting: true));
        Assert.DoesNotContain("=LISTEN,", File.ReadAllText(_tree.At(OursOfAgentd)), StringComparison.Ordinal);
    }

    [Fact]
    public void Foreign_files_and_missing_include_lines_and_faults_are_refused_with_what_to_do()
    {
        _tree.WithDebianAgentd().Write(OursOfAgentd, "# mine\n");
        Match("install-foreign", Install());
        Assert.Equal("# mine\n", File.ReadAllText(_tree.At(OursOfAgentd)));
        _tree.Write(Agentd, "Server=127.0.0.1\n");
        Match("install-no-include", Install());
        _tree.Write(Agentd, "Include=/nowhere/*.conf\n");
        Match("install-fault", Install());
    }

    [Fact]
    public void A_program_that_the_agent_cannot_run_is_warned_of()
    {
        _tree.WithDebianAgentd();
        var host = Host with { Binary = "/srv/private/tcplens", Programs = new FakePrograms(_ => "/srv/private\n") };
        Match("install-obstacle", [new Installer(host).Install(Find(null)[0], skipExisting: false, dryRun: false)], host.Binary);
    }

    [Fact]
    public void A_path_that_a_shell_would_break_is_quoted() =>
        Assert.Equal("'/opt/my tools/it'\\''s' zabbix get LISTEN", UserParameters.Of("/opt/my tools/it's").First(one => one.Key == "LISTEN").Command);

    private IReadOnlyList<FoundAgent> Find(string? configuration) => new AgentFinder(Host).Find(AgentProgram.All, configuration);

    private InstallResult[] Install(bool skipExisting = false, bool dryRun = false) =>
        [.. Find(null).Select(agent => new Installer(Host).Install(agent, skipExisting, dryRun))];

    private static void Match(string name, InstallResult[] results, string binary = "/usr/bin/tcplens")
    {
        Golden.Match($"{name}.en", InstallPage.Render(results, binary, Language.English, 80));
        Golden.Match($"{name}.zh", InstallPage.Render(results, binary, Language.Chinese, 80));
    }

    private string[] AllFiles() =>
        [.. Directory.EnumerateFiles(_tree.At("/etc"), "*", SearchOption.AllDirectories).Select(path => path[_tree.Root.Length..])
            .OrderBy(path => path.EndsWith("tcplens.conf", StringComparison.Ordinal)).ThenBy(path => path, StringComparer.Ordinal)];

    private string ModeOf(string path) => OperatingSystem.IsWindows() ? "" : File.GetUnixFileMode(_tree.At(path)) ==
        (UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead) ? "-rw-r--r--" : "another";
}
