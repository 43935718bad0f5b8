using TcpLens.Agents;
using TcpLens.Core.Text;
using TcpLens.TestKit;
using TcpLens.Zabbix.Api;
using Xunit;

namespace TcpLens.UnitTests.Zabbix;

/// <summary>What the check says of the server's side; the real servers are in the ring "zabbix".</summary>
public sealed class CheckingOnTheServer
{
    private const long Now = 1_800_000_000;

    private const string Well = """
        [{"hostid":"7","host":"web1","status":"0","maintenance_status":"0","maintenance_type":"0",
          "interfaces":[{"type":"1","useip":"1","ip":"10.0.0.2","dns":"","port":"10050","available":"1","error":""},{"type":"2","useip":"1","ip":"10.0.0.2","dns":"","port":"161","available":"2","error":"snmp"}],
          "parentTemplates":[{"templateid":"8","host":"TCP states by Zabbix agent"}]}]
        """;

    private const string Unwell = """
        [{"hostid":"7","host":"web1","status":"1","maintenance_status":"1","maintenance_type":"1",
          "interfaces":[{"type":"1","useip":"0","ip":"","dns":"web1.example","port":"10050","available":"2","error":"Get value from agent failed: cannot connect to [[web1.example]:10050]"},
                        {"type":"1","useip":"1","ip":"fd00::1","dns":"","port":"10051","available":"0","error":""}],
          "parentTemplates":[{"templateid":"9","host":"Recipe"}]}]
        """;

    [Fact]
    public void A_host_in_order_has_no_problem() => Match("check-server-in-order", problems: 0, new FakeFrontend("7.0.22")
    {
        Results =
        {
            ["host.get"] = Well,
            ["item.get"] = $"[{Item("tcplens.states", clock: 0, history: "0", delay: "{$TCPLENS.INTERVAL}")},{Item("tcplens.sockets[listen]", Now - 59)},{Item("tcplens.rate[x]", 0)},{Item("tcplens.off", 0, status: "1")},{Item("agent.ping", 0, error: "no matter")}]",
            ["discoveryrule.get"] = $"[{Item("tcplens.ports", 0)}]",
            ["usermacro.get"] = """[{"hostid":"8","macro":"{$TCPLENS.INTERVAL}","value":"1m"},{"hostid":"7","macro":"{$TCPLENS.INTERVAL}","value":"30s"}]""",
        },
    });

    [Fact]
    public void What_the_server_fares_badly_with_is_found_all_at_once() => Match("check-server-unwell", problems: 6, new FakeFrontend("6.0.14")
    {
        Results =
        {
            ["host.get"] = Unwell,
            ["item.get"] = $"[{string.Join(',', "ABCDEFGH".Select(letter => Item($"tcplens.{letter}", Now - 7200, error: "Unknown metric tcplens.states")))},{Item("LISTEN", 0, error: "Timeout while executing a shell script.")},{Item("CLOSE", Now - 7200, error: "Value\\nof type")}]",
            ["discoveryrule.get"] = "[]",
            ["usermacro.get"] = "[]",
        },
    });

    [Fact]
    public void A_host_without_template_interface_and_values_is_told_what_to_do() => Match("check-server-bare", problems: 1, new FakeFrontend("7.0.22")
    {
        Results = { ["host.get"] = """[{"hostid":"7","host":"web1","status":"0","interfaces":[],"parentTemplates":[]}]""" },
    });

    [Fact]
    public void A_linked_host_that_nobody_can_ask_is_told_so() => Match("check-server-silent", problems: 2, new FakeFrontend("7.0.22")
    {
        Results =
        {
            ["host.get"] = """[{"hostid":"7","host":"web1","status":"0","interfaces":[],"parentTemplates":[{"templateid":"8","host":"TCP states by Zabbix agent"}]}]""",
            ["item.get"] = $"[{Item("tcplens.sockets[listen]", 0)}]",
        },
    });

    [Fact]
    public void A_host_that_is_not_there_is_a_problem() => Match("check-server-no-host", problems: 1, new FakeFrontend("7.0.22"));

    [Theory]
    [InlineData("90", 90)]
    [InlineData("30s", 30)]
    [InlineData("5m", 300)]
    [InlineData("1h;wd1-5,9:00-18:00", 3600)]
    [InlineData("2d", 172_800)]
    [InlineData("1w", 604_800)]
    public void A_duration_is_read(string text, int seconds)
    {
        Assert.True(ZabbixDuration.TryParse(text, out var duration));
        Assert.Equal(seconds, duration.TotalSeconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("{$MACRO}")]
    [InlineData("-5m")]
    [InlineData("99999999999w")]
    public void What_is_no_duration_is_refused(string text) => Assert.False(ZabbixDuration.TryParse(text, out _));

    private static string Item(string key, long clock, string history = "7d", string delay = "0", string status = "0", string error = "") =>
        $$"""{"key_":"{{key}}","status":"{{status}}","state":"{{(error.Length > 0 ? 1 : 0)}}","error":"{{error}}","delay":"{{delay}}","history":"{{history}}","lastclock":"{{clock}}"}""";

    private static void Match(string name, int problems, FakeFrontend frontend)
    {
        using var api = ZabbixApi.Connect(new Uri("http://zabbix.example/"), "secret", frontend);
        var lines = new ServerCheck("web1", new ServedHostReader(api).Find("web1"), DateTimeOffset.FromUnixTimeSeconds(Now)).Lines().ToList();
        (Phrase Title, IReadOnlyList<CheckLine> Lines)[] parts = [(Phrase.Same("server"), lines)];
        Golden.Match($"{name}.en", CheckPage.Render(parts, Language.English, 80));
        Golden.Match($"{name}.zh", CheckPage.Render(parts, Language.Chinese, 80));
        Assert.Equal(problems, lines.Count(line => line.Verdict == CheckVerdict.Problem));
        Assert.All(lines, line => Assert.Equal(line.Verdict == CheckVerdict.Problem, line.Remedy is not null));
        Assert.All(frontend.Calls, call => Assert.True(call.Method.EndsWith(".get", StringComparison.Ordinal) || call.Method == "apiinfo.version", call.Method));
    }
}
