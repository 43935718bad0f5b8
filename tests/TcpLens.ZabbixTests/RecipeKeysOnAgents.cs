using TcpLens.Core.Model;
using TcpLens.Outputs.Zabbix;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.ZabbixTests;

/// <summary>The eleven keys of the netstat recipe, asked of real agents that run as nobody.</summary>
public sealed class RecipeKeysOnAgents(Servers servers)
{
    [Theory]
    [InlineData("6.0", "agentd")]
    [InlineData("6.0", "agent2")]
    [InlineData("7.0", "agentd")]
    [InlineData("7.0", "agent2")]
    public void Each_key_tells_exactly_what_the_lab_holds(string version, string kind)
    {
        var server = ZabbixServer.Of(servers, version);
        Require.Kernel(6, 8, "older kernels do not tell bound sockets");
        using var site = new Site();
        string agent = "recipe-" + kind;
        int port = server.StartAgent(kind, agent, site.ProcessId, Lines).Port;
        try
        {
            foreach (var info in TcpStates.All)
            {
                long expected = site[info.State] + info.State switch
                {
                    TcpState.Listen or TcpState.Established => 1,
                    TcpState.TimeWait => site.PollsInTimeWait(port),
                    _ => 0,
                };
                Assert.Equal($"{info.Linux} {expected}", $"{info.Linux} {server.Get(agent, info.Linux)}");
            }
        }
        finally
        {
            server.StopAgent(agent);
        }
    }

    internal static IEnumerable<string> Lines => RecipeKeys.All.Select(key => $"UserParameter={key},/usr/bin/tcplens zabbix get {key}");
}
