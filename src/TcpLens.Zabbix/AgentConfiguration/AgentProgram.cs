using System.Collections.Immutable;

namespace TcpLens.Zabbix.AgentConfiguration;

/// <summary>One of the two agents, with what differs between them as far as configuration goes (manual, "Agent" and "Agent 2").</summary>
public sealed record AgentProgram
{
    private AgentProgram(string name, string choice, string service, params ReadOnlySpan<string> usualConfigurations)
    {
        Name = name;
        Choice = choice;
        Service = service;
        UsualConfigurations = [.. usualConfigurations];
    }

    public static AgentProgram Agentd { get; } = new(
        "zabbix_agentd", "agentd", "zabbix-agent", "/etc/zabbix/zabbix_agentd.conf", "/usr/local/etc/zabbix_agentd.conf", "/etc/zabbix_agentd.conf");

    public static AgentProgram Agent2 { get; } = new(
        "zabbix_agent2", "agent2", "zabbix-agent2", "/etc/zabbix/zabbix_agent2.conf", "/usr/local/etc/zabbix_agent2.conf", "/etc/zabbix_agent2.conf");

    public static ImmutableArray<AgentProgram> All { get; } = [Agentd, Agent2];

    /// <summary>The program's file name, which is also the name of its process.</summary>
    public string Name { get; }

    /// <summary>The word for it on a command line.</summary>
    public string Choice { get; }

    /// <summary>Its systemd unit, in Debian's and in Zabbix's packages.</summary>
    public string Service { get; }

    /// <summary>Where its configuration lies when nobody says otherwise; the first is the packages' default.</summary>
    public ImmutableArray<string> UsualConfigurations { get; }

    /// <summary>
    /// A relative path behind <c>Include=</c> starts at the configuration file's directory in agent 2, and at the working directory of the
    /// process in the classic agent.
    /// </summary>
    public bool IncludesFromConfigurationDirectory => this == Agent2;

    /// <summary>The command that makes the running agent read its user parameters again (Zabbix 6.0 and newer).</summary>
    public string ReloadCommand(string configuration) =>
        configuration == UsualConfigurations[0] ? $"{Name} -R userparameter_reload" : $"{Name} -c {configuration} -R userparameter_reload";

    public bool Equals(AgentProgram? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Name;
}
