using System.Collections.Immutable;

namespace TcpLens.Configuration;

/// <summary>What makes the monitor a Zabbix agent: section <c>[zabbix_agent]</c>.</summary>
internal sealed record ZabbixAgentSettings
{
    /// <summary>Where passive checks are answered; none: not at all.</summary>
    public ImmutableArray<ListenAddress> Listen { get; init; } = [];

    /// <summary>Who may ask, in the words of the agent's <c>Server=</c>.</summary>
    public string Allow { get; init; } = "127.0.0.1,::1";

    /// <summary>The servers and proxies whose active checks are made; each entry one, or the nodes of one HA cluster.</summary>
    public ImmutableArray<string> Servers { get; init; } = [];

    /// <summary>The name of the host in Zabbix; empty for that of the machine.</summary>
    public string HostName { get; init; } = "";

    /// <summary>What an autoregistration action decides by.</summary>
    public string HostMetadata { get; init; } = "";

    /// <summary>How long an item may take, where the request does not say it itself.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);
}
