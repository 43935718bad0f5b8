using TcpLens.Zabbix.AgentConfiguration;

namespace TcpLens.Agents;

/// <summary>An agent of this host: running, or only configured.</summary>
internal sealed record FoundAgent
{
    public required AgentProgram Program { get; init; }

    /// <summary>The main configuration file, absolute.</summary>
    public required string Configuration { get; init; }

    /// <summary>The process; <see langword="null"/> when the agent does not run.</summary>
    public int? ProcessId { get; init; }

    /// <summary>What to start for <c>-t</c>: the program, or a loader with the program behind it.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    public string WorkingDirectory { get; init; } = "/";

    /// <summary>Whom it runs as, or would; <see langword="null"/> when the user does not exist.</summary>
    public UserAccount? User { get; init; }

    /// <summary>Whether it lives in the same network namespace as we do; what runs elsewhere counts other connections.</summary>
    public bool SharesNetwork { get; init; } = true;

    /// <summary>Its security context where SELinux is in the kernel, such as <c>system_u:system_r:zabbix_agent_t:s0</c>.</summary>
    public string? SecurityContext { get; init; }

    public AgentSettings ReadSettings(AgentHost host) => new AgentSettingsReader(Program, host.Root, WorkingDirectory).Read(Configuration);
}
