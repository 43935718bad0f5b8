namespace TcpLens.Zabbix.Plugin;

/// <summary>The agent and the plugin do not understand each other any more: the session is over. The message is for the log.</summary>
public sealed class PluginException(PluginFault fault, string message) : Exception(message)
{
    /// <summary>What is wrong.</summary>
    public PluginFault Fault { get; } = fault;
}
