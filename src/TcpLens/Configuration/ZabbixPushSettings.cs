using System.Collections.Immutable;

namespace TcpLens.Configuration;

/// <summary>Values that are sent to trapper items unasked: section <c>[zabbix_push]</c>.</summary>
internal sealed record ZabbixPushSettings
{
    /// <summary>The servers and proxies that get them; none: nothing is sent.</summary>
    public ImmutableArray<string> Servers { get; init; } = [];

    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(30);

    public ImmutableArray<string> Keys { get; init; } = ["tcplens.states", "tcplens.services"];
}
