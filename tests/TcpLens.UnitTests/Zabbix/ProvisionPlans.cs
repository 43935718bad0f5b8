using TcpLens.Core.Text;
using TcpLens.Outputs.Zabbix.Provisioning;
using TcpLens.TestKit;
using TcpLens.Zabbix.Api;
using Xunit;

namespace TcpLens.UnitTests.Zabbix;

/// <summary>What provisioning shows before it does it; the real servers are in the ring "zabbix".</summary>
public sealed class ProvisionPlans
{
    private const string Export = """
        zabbix_export:
          version: '6.0'
          templates:
            - uuid: 0f0c5b1d9c5e4a3f8a1b2c3d4e5f6a7b
              template: 'TcpLens'
              name: 'TcpLens, shown'
        """;

    /// <summary>Shaped as the servers of 6.0 and 7.0 answer configuration.importcompare.</summary>
    private const string Comparison = """
        {"templates":{"updated":[{"before":{"uuid":"0","template":"TcpLens","name":"TcpLens"},"after":{"uuid":"0","template":"TcpLens","name":"TcpLens"},
          "items":{"added":[{"after":{"uuid":"1","name":"LISTEN"},"triggers":{"added":[{"after":{"uuid":"5","name":"No listener"}}]}}],
                   "updated":[{"before":{"uuid":"2","name":"CLOSE","delay":"5s"},"after":{"uuid":"2","name":"CLOSE","delay":"7s","type":"ZABBIX_PASSIVE"}},
                              {"before":{"uuid":"3","name":"SYN_SENT","delay":"5s"},"after":{"uuid":"3","name":"SYN_SENT","delay":"5s","type":"ZABBIX_PASSIVE"}},
                              {"before":{"uuid":"6","name":"LAST_ACK","tags":[{"tag":"a"},{"tag":"b"}]},"after":{"uuid":"6","name":"LAST_ACK","tags":[{"tag":"b"},{"tag":"a"}]}}],
                   "removed":[{"before":{"uuid":"4","name":"OLD"}}]}}]}}
        """;

    private static ProvisionRequest Request => new() { Template = TemplateExport.Parse(Export)!, Host = "web1" };

    [Theory]
    [InlineData(Language.English)]
    [InlineData(Language.Chinese)]
    public void A_new_host_is_planned_with_all_it_gets(Language language)
    {
        using var frontend = new FakeFrontend("7.0.22") { Results = { ["configuration.importcompare"] = Comparison } };
        Golden.Match($"provision-new-host.{language}", Plan(frontend, Request with { Interface = new("10.0.0.2", 10050), Group = "Web" }, language));
    }

    [Theory]
    [InlineData(Language.English)]
    [InlineData(Language.Chinese)]
    public void An_existing_host_gets_what_it_lacks(Language language)
    {
        using var frontend = new FakeFrontend("6.0.14")
        {
            Results =
            {
                ["host.get"] = """[{"hostid":"7","parentTemplates":[{"templateid":"1"}],"groups":[{"groupid":"2"}],"interfaces":[{"type":"2"}]}]""",
                ["template.get"] = """[{"templateid":"8"}]""",
                ["hostgroup.get"] = """[{"groupid":"9"}]""",
            },
        };
        Golden.Match($"provision-existing-host.{language}", Plan(frontend, Request with { Interface = new("web1.example", 10051), Group = "Web" }, language));
    }

    [Fact]
    public void A_host_that_has_everything_needs_nothing()
    {
        using var frontend = new FakeFrontend("7.0.22")
        {
            Results =
            {
                ["host.get"] = """[{"hostid":"7","parentTemplates":[{"templateid":"8"}],"hostgroups":[],"interfaces":[{"type":"1"}]}]""",
                ["template.get"] = """[{"templateid":"8"}]""",
            },
        };
        Assert.Equal("", Plan(frontend, Request with { Interface = new("web1.example", 10051) }, Language.English));
    }

    [Fact]
    public void A_host_that_is_not_there_cannot_be_made_without_the_address_of_its_agent()
    {
        using var frontend = new FakeFrontend("7.0.22");
        Assert.EndsWith("give --interface ADDRESS:PORT of its agent to create it\n", Plan(frontend, Request, Language.English));
    }

    [Fact]
    public void Showing_the_plan_writes_nothing()
    {
        using var frontend = new FakeFrontend("7.0.22") { Results = { ["configuration.importcompare"] = Comparison } };
        Plan(frontend, Request with { Interface = new("10.0.0.2", 10050) }, Language.English);
        Assert.All(frontend.Calls, call => Assert.True(call.Method.EndsWith(".get", StringComparison.Ordinal) || call.Method is "apiinfo.version" or "configuration.importcompare", call.Method));
    }

    [Theory]
    [InlineData("6.0.0", "\"groups\"", "\"template_groups\"")]
    [InlineData("7.0.0", "\"template_groups\"", "\"groups\"")]
    public void An_import_names_groups_as_the_version_does_and_deletes_nothing(string version, string expected, string unexpected)
    {
        using var frontend = new FakeFrontend(version);
        Plan(frontend, Request with { Interface = new("10.0.0.2", 10050) }, Language.English);
        string rules = frontend.Calls.Single(call => call.Method == "configuration.importcompare").Parameters;
        Assert.Contains(expected, rules);
        Assert.DoesNotContain(unexpected, rules);
        Assert.DoesNotContain("deleteMissing", rules);
    }

    [Theory]
    [InlineData("10.0.0.2", "10.0.0.2:10050", true)]
    [InlineData("10.0.0.2:10055", "10.0.0.2:10055", true)]
    [InlineData("fd00::1", "[fd00::1]:10050", true)]
    [InlineData("[fd00::1]:10055", "[fd00::1]:10055", true)]
    [InlineData("web1.example:10055", "web1.example:10055", false)]
    public void The_address_of_an_agent_is_read(string text, string expected, bool isIp)
    {
        Assert.True(AgentInterface.TryParse(text, out var agent));
        Assert.Equal((expected, isIp), (agent.ToString(), agent.IsIp));
    }

    [Theory]
    [InlineData("")]
    [InlineData(":10050")]
    [InlineData("web1:")]
    [InlineData("web1:0")]
    [InlineData("web1:65536")]
    [InlineData("web 1")]
    public void What_is_no_address_of_an_agent_is_refused(string text) => Assert.False(AgentInterface.TryParse(text, out _));

    [Theory]
    [InlineData("template: Plain name", "Plain name")]
    [InlineData("- template: 'It''s quoted'", "It's quoted")]
    [InlineData("template: \"double\"", "double")]
    public void The_name_of_a_template_is_found(string line, string name) => Assert.Equal([name], TemplateExport.Parse(line)!.TemplateNames);

    [Theory]
    [InlineData("")]
    [InlineData("templates:\n  - name: linked only")]
    [InlineData("template:")]
    public void A_file_without_a_template_is_none(string text) => Assert.Null(TemplateExport.Parse(text));

    private static string Plan(FakeFrontend frontend, ProvisionRequest request, Language language)
    {
        using var api = ZabbixApi.Connect(new Uri("http://zabbix.example/"), "secret", frontend);
        var steps = new Provisioner(api).Plan(request, out var shortcoming);
        var lines = steps.SelectMany(step => step.Details.Select(detail => "  " + detail.In(language)).Prepend(step.What.In(language)));
        return string.Concat(lines.Concat(shortcoming is { } words ? [words.In(language)] : []).Select(line => line + "\n"));
    }
}
