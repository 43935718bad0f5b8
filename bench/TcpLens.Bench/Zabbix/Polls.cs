using TcpLens.Bench.Contenders;

namespace TcpLens.Bench.Zabbix;

/// <summary>Every way to ask every agent, in the order of a round.</summary>
public static class Polls
{
    private const int FirstPort = 7011;

    /// <summary>The agents that are asked, by the name in the raw data and the name in the table.</summary>
    public static IReadOnlyList<(string Version, string Kind, string Name)> Agents { get; } =
        [("6.0", "agentd", "agentd 6.0"), ("6.0", "agent2", "agent 2 6.0"), ("7.0", "agentd", "agentd 7.0"), ("7.0", "agent2", "agent 2 7.0")];

    public static IReadOnlyList<Contender> Make(Workshop workshop)
    {
        var agents = new Dictionary<(string, string, string), Agent>();
        return [.. PollMethod.All.SelectMany(method => Agents.Select(one => new Poll(Shared(one.Version, one.Kind, method.User), method)))];

        // One daemon answers all keys of its user.
        Agent Shared(string version, string kind, string user)
        {
            if (!agents.TryGetValue((version, kind, user), out var agent))
                agents.Add((version, kind, user), agent = new Agent(workshop, version, kind, user, FirstPort + agents.Count));
            return agent;
        }
    }
}
