namespace TcpLens.Zabbix.Plugin;

/// <summary>How grave a line for the agent's log is, with the numbers of the protocol.</summary>
public enum PluginSeverity
{
    Information = 0,
    Critical = 1,
    Error = 2,
    Warning = 3,
    Debug = 4,
    Trace = 5,
}
