using TcpLens.Outputs.Zabbix.Template;
using TcpLens.ZabbixTests.Conditions;
using Xunit;

namespace TcpLens.ZabbixTests;

/// <summary>
/// Every trigger of the template on real servers: it opens when its condition is made in the namespace of a real agent, and closes when
/// the condition is over. Thresholds are the template's; only windows and the interval are shorter. Those of findings have <see cref="FindingsOnServers"/>.
/// </summary>
public abstract class TriggersOnServers(Servers servers, string version)
{
    [Collection(TemplateOnServers.On6Alone)]
    public sealed class On6(Servers servers) : TriggersOnServers(servers, "6.0");

    [Collection(TemplateOnServers.On7Alone)]
    public sealed class On7(Servers servers) : TriggersOnServers(servers, "7.0");

    [Fact]
    public void Every_trigger_has_a_condition_or_a_reason_to_have_none() => Assert.Equal(
        TemplateTriggers.Host.Concat(TemplateTriggers.Port).Select(trigger => trigger.Id).Order(StringComparer.Ordinal),
        AllConditions.All.Select(condition => condition.Trigger).Concat(AllConditions.Exceptions.Keys).Order(StringComparer.Ordinal));

    [Fact]
    public void Each_opens_once_by_its_condition_and_closes_after_it() =>
        AssertNone(Trial.Run(ZabbixServer.Of(servers, version), [.. AllConditions.All.Where(condition => !condition.IsHeavy)]));

    [Fact]
    [Trait("Category", "Soak")]
    public void Each_opens_and_closes_by_a_condition_that_is_heavy()
    {
        var server = ZabbixServer.Of(servers, version);
        server.WaitLongForAgents();
        AssertNone(Trial.Run(server, [.. AllConditions.All.Where(condition => condition.IsHeavy)]));
    }

    [Fact]
    public void Those_about_limits_of_the_whole_machine_open_and_close_by_values_as_the_kernel_would_tell_them()
    {
        var sent = new SentReadings(ZabbixServer.Of(servers, version));
        sent.AwaitProblems([], orphans: 1, memory: 1);
        sent.AwaitProblems(["orphans.warn"], orphans: 25, memory: 1);
        sent.AwaitProblems(["orphans.high", "orphans.warn"], orphans: 50, memory: 1);
        sent.AwaitProblems(["memory.high"], orphans: 24.99, memory: 90);
        sent.AwaitProblems([], orphans: 1, memory: 89.99);
    }

    private static void AssertNone(IReadOnlyList<string> troubles) => Assert.True(troubles.Count == 0, string.Join('\n', troubles));
}
