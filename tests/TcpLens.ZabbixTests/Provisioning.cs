using System.Diagnostics;
using System.Text.Json;
using TcpLens.Core.Model;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.ZabbixTests;

/// <summary><c>tcplens zabbix provision</c> against real servers, up to the values in Zabbix.</summary>
public sealed class Provisioning(Servers servers)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("6.0")]
    [InlineData("7.0")]
    public void A_host_is_shown_made_left_alone_and_gets_the_lab_s_values(string version)
    {
        var server = ZabbixServer.Of(servers, version);
        using var site = new Site();
        var (address, port) = server.StartAgent("agent2", "provisioned", site.ProcessId, RecipeKeysOnAgents.Lines);
        string template = Path.GetTempFileName();
        try
        {
            File.WriteAllText(template, RecipeTemplate.Text(delay: "5s"));
            string[] host = ["--template", template, "--host", "provisioned", "--interface", $"{address}:{port}", "--group", "Made by TcpLens"];

            string plan = server.Provision(server.Token, host).Good();
            Golden.Match("provision-plan", plan.Replace($"{address}:{port}", "ADDRESS:PORT", StringComparison.Ordinal));
            Assert.Equal(0, server.Api("host.get", """{"filter":{"host":["provisioned"]}}""").GetArrayLength());

            string done = server.Provision(server.Token, [.. host, "--apply"]).Good();
            Assert.Equal(plan.Replace("would: ", "done: ", StringComparison.Ordinal).Replace("nothing was changed; --apply does it\n", "", StringComparison.Ordinal), done);
            Assert.Equal("nothing to change: template and host are as they should be\n", server.Provision(server.Token, [.. host, "--apply"]).Good());

            File.WriteAllText(template, RecipeTemplate.Text(delay: "4s"));
            Assert.StartsWith($"would: import template {RecipeTemplate.Name}\n  changed items: 11\n", server.Provision(server.Token, host).Good());

            server.ReloadConfiguration();
            AwaitValues(server, site);
        }
        finally
        {
            File.Delete(template);
            server.StopAgent("provisioned");
        }
    }

    [Theory]
    [InlineData("6.0")]
    [InlineData("7.0")]
    public void What_goes_wrong_is_said_with_its_remedy(string version)
    {
        var server = ZabbixServer.Of(servers, version);
        string template = Path.GetTempFileName();
        try
        {
            File.WriteAllText(template, RecipeTemplate.Text(delay: "5s"));
            AssertFails("does not accept the API token", server.Provision("wrong", "--template", template, "--host", "nowhere"));
            AssertFails("no host 'nowhere' in Zabbix that this token may see", server.Provision(server.Token, "--template", template, "--host", "nowhere"));
        }
        finally
        {
            File.Delete(template);
        }
    }

    private static void AssertFails(string words, Outcome outcome)
    {
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains(words, outcome.Error);
    }

    // The server asks for several keys at once, so that up to all of its polls are ESTABLISHED; those before are in TIME_WAIT.
    private static void AwaitValues(ZabbixServer server, Site site)
    {
        var waited = Stopwatch.StartNew();
        string[] wrong;
        do
        {
            wrong = [.. Items(server).Select(item => Complaint(item, site)).OfType<string>()];
            if (wrong.Length > 0)
                Thread.Sleep(500);
        }
        while (wrong.Length > 0 && waited.Elapsed < s_patience);

        Assert.Empty(wrong);
    }

    private static JsonElement.ArrayEnumerator Items(ZabbixServer server)
    {
        string id = server.Api("host.get", """{"output":["hostid"],"filter":{"host":["provisioned"]}}""")[0].GetProperty("hostid").GetString()!;
        var items = server.Api("item.get", $$"""{"output":["key_","state","error","lastvalue","lastclock"],"hostids":["{{id}}"]}""");
        Assert.Equal(TcpStates.All.Length, items.GetArrayLength());
        return items.EnumerateArray();
    }

    private static string? Complaint(JsonElement item, Site site)
    {
        string key = Text("key_");
        if (Text("state") != "0")
            return $"{key}: {Text("error")}";
        if (Text("lastclock") == "0")
            return $"{key}: no value yet";
        long value = long.Parse(Text("lastvalue"));
        var state = TcpStates.All.Single(info => info.Linux == key).State;
        long held = site[state];
        bool isRight = state switch
        {
            TcpState.Listen => value == held + 1,
            TcpState.Established => value > held && value <= held + TcpStates.All.Length,
            TcpState.TimeWait => value >= held,
            _ => value == held,
        };
        return isRight ? null : $"{key}: {value} instead of {held}";

        string Text(string name) => item.GetProperty(name).GetString()!;
    }
}
