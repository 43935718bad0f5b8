using TcpLens.Agents;
using TcpLens.Core.Text;
using TcpLens.TestKit;
using TcpLens.Zabbix.AgentConfiguration;
using Xunit;

namespace TcpLens.UnitTests.Zabbix;

public sealed class Checking : IDisposable
{
    private readonly AgentTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void An_agent_in_order_has_no_problem()
    {
        _tree.WithDebianAgent2().Run(80, "zabbix_agent2", "/usr/sbin/zabbix_agent2", "-f");
        var host = Host(new FakePrograms(Healthy));
        Install(host);
        Match("check-in-order", host, problems: 0);
    }

    [Fact]
    public void An_agent_without_the_keys_that_does_not_run_is_told_what_to_do()
    {
        _tree.WithDebianAgentd();
        Match("check-not-installed", Host(new FakePrograms(Healthy)), problems: 2);
    }

    [Fact]
    public void What_a_site_gets_wrong_is_found_all_at_once()
    {
        _tree.WithDebianAgentd().Write("/etc/passwd", "root:x:0:0::/:/bin/sh\nzabbix:x:110:115::/:/usr/sbin/nologin\n")
            .Write("/etc/zabbix/zabbix_agentd.conf.d/old.conf", "UserParameter=LISTEN,netstat -ntup | grep LISTEN -c\nDenyKey=CLOSE\n")
            .Write("/proc/sys/kernel/osrelease", "5.10.0-8-amd64\n")
            .Write("/proc/self/mounts", "proc /proc proc rw,hidepid=2 0 0\n")
            .Write("/sys/fs/selinux/enforce", "1")
            .Run(70, "zabbix_agentd", "/usr/sbin/zabbix_agentd", "-f")
            .Write("/proc/70/attr/current", "system_u:system_r:zabbix_agent_t:s0\0");
        var host = Host(new FakePrograms(line => line switch
        {
            _ when line.Contains("/bin/sh", StringComparison.Ordinal) => "/opt/tcplens\n",
            _ when line.EndsWith("-t CLOSE", StringComparison.Ordinal) => "CLOSE  [m|ZBX_NOTSUPPORTED] [Unsupported item key.]\n",
            _ when line.EndsWith("-t LISTEN", StringComparison.Ordinal) => "LISTEN  [t|(No info could be read)\n0]\n",
            _ => Healthy(line),
        })
        { Took = TimeSpan.FromSeconds(4) }) with
        { Binary = "/opt/tcplens" };
        Install(host, skipExisting: true);
        File.AppendAllText(_tree.At("/etc/zabbix/zabbix_agentd.conf"), "UserParameter=TIME_WAIT,echo 1\n");
        Match("check-everything-wrong", host, problems: 9);
    }

    [Fact]
    public void An_agent_that_cannot_start_is_not_asked_for_values()
    {
        _tree.WithDebianAgentd().Write("/etc/zabbix/zabbix_agentd.conf", "Include=/nowhere/*.conf\nUserParameter=LISTEN,x\n");
        Match("check-fault", Host(new FakePrograms(_ => "")), problems: 3);
    }

    [Fact]
    public void What_an_agent_says_instead_of_an_answer_is_passed_on()
    {
        _tree.WithDebianAgentd();
        var host = Host(new FakePrograms(_ => "") { Error = "zabbix_agentd [7]: ERROR: cannot load user parameters\nmore" });
        Install(host);
        Assert.Contains(Lines(host), line => line.Found.English.EndsWith("gives no answer: zabbix_agentd [7]: ERROR: cannot load user parameters", StringComparison.Ordinal));
    }

    [Fact]
    public void The_kernel_decides_whether_selinux_stands_in_the_way()
    {
        Assert.Null(SecurityModule.Check(Host(new FakePrograms(_ => "")), "a:b:c"));
        _tree.Write("/sys/fs/selinux/enforce", "0");
        Assert.Equal(CheckVerdict.Ok, SecurityModule.Check(Host(new FakePrograms(_ => "")), "a:b:c")!.Verdict);
        _tree.Write("/sys/fs/selinux/enforce", "1");
        Assert.Equal(CheckVerdict.Problem, SecurityModule.Check(Host(new FakePrograms(_ => "")), "a:b:zabbix_agent_t:s0")!.Verdict);
        Assert.Equal(CheckVerdict.Note, SecurityModule.Check(Host(new FakePrograms(_ => "")), null)!.Verdict);
    }

    private static string Healthy(string line)
    {
        int key = line.IndexOf(" -t ", StringComparison.Ordinal);
        return key < 0 ? "" : $"{line[(key + 4)..],-45} [s|{line.Length - key}]\n";
    }

    private AgentHost Host(FakePrograms programs) => new() { Root = _tree.Root, Binary = "/usr/bin/tcplens", IsRoot = true, Programs = programs };

    private static IReadOnlyList<FoundAgent> Find(AgentHost host) => new AgentFinder(host).Find(AgentProgram.All, null);

    private static void Install(AgentHost host, bool skipExisting = false) =>
        Assert.All(Find(host), agent => Assert.Equal(InstallAction.Written, new Installer(host).Install(agent, skipExisting, dryRun: false).Action));

    private static List<CheckLine> Lines(AgentHost host) => [.. Find(host).SelectMany(agent => new AgentCheck(host, agent).Lines()), .. HostCheck.Lines(host)];

    private static void Match(string name, AgentHost host, int problems)
    {
        var lines = Lines(host);
        (Phrase Title, IReadOnlyList<CheckLine> Lines)[] parts = [(AgentWords.Title(Find(host)[0]), lines)];
        Golden.Match($"{name}.en", CheckPage.Render(parts, Language.English, 80));
        Golden.Match($"{name}.zh", CheckPage.Render(parts, Language.Chinese, 80));
        Assert.Equal(problems, lines.Count(line => line.Verdict == CheckVerdict.Problem));
        Assert.All(lines, line => Assert.Equal(line.Verdict == CheckVerdict.Problem, line.Remedy is not null));
    }
}
