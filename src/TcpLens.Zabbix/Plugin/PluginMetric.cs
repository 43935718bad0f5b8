namespace TcpLens.Zabbix.Plugin;

/// <summary>A key that a plugin answers.</summary>
/// <param name="Key">Its name, without parameters.</param>
/// <param name="Description">One sentence. The agent refuses a plugin whose description does not begin with a capital and end with a dot.</param>
public readonly record struct PluginMetric(string Key, string Description);
