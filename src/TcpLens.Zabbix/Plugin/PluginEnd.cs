namespace TcpLens.Zabbix.Plugin;

/// <summary>How a session ended.</summary>
public enum PluginEnd
{
    /// <summary>The agent asked the plugin to end.</summary>
    Terminated,

    /// <summary>The agent closed the connection.</summary>
    Closed,
}
