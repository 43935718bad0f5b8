using System.Collections.Immutable;

namespace TcpLens.Zabbix.Plugin;

/// <summary>What a plugin tells the agent of itself.</summary>
/// <param name="Name">The word behind <c>Plugins.</c> in the agent's configuration; the agent compares it.</param>
/// <param name="Metrics">The keys it answers.</param>
/// <param name="Options">The names of its own options, <c>Plugins.&lt;Name&gt;.&lt;Option&gt;</c>; any other is an error when the agent checks them.</param>
/// <param name="Configured">Is told the options before the first key is asked, and may be told again.</param>
public sealed record PluginDescription(
    string Name, ImmutableArray<PluginMetric> Metrics, ImmutableArray<string> Options, Action<IReadOnlyDictionary<string, string>> Configured);
