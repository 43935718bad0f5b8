using TcpLens.Zabbix.AgentConfiguration;

namespace TcpLens.Agents;

/// <summary>What <c>tcplens zabbix install</c> did for one agent, or found in its way.</summary>
internal sealed record InstallResult(FoundAgent Agent, InstallAction Action)
{
    /// <summary>The plan, when the keys were to be written.</summary>
    public DropInPlan? Plan { get; init; }

    /// <summary>The files written or removed.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>What stops the agent from reading its configuration.</summary>
    public IReadOnlyList<ConfigurationProblem> Problems { get; init; } = [];

    /// <summary>The part of the program's path that the agent's user cannot pass.</summary>
    public string? Obstacle { get; init; }

    public bool IsRefusal => Action is InstallAction.Collision or InstallAction.Foreign or InstallAction.NoPlace or InstallAction.Unreadable;
}
