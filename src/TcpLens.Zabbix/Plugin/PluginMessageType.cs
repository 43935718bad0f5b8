namespace TcpLens.Zabbix.Plugin;

/// <summary>The kinds of messages between agent 2 and a loadable plugin, with their numbers on the wire (Zabbix manual, "Zabbix agent 2 plugin protocol").</summary>
public enum PluginMessageType : uint
{
    /// <summary>Plugin to agent: a line for the agent's log; without an answer.</summary>
    Log = 1,

    /// <summary>Agent to plugin: what are you?</summary>
    RegisterRequest = 2,

    RegisterResponse = 3,

    /// <summary>Agent to plugin, where the plugin asked for it: begin. Without an answer.</summary>
    Start = 4,

    /// <summary>Agent to plugin: end. Without an answer.</summary>
    Terminate = 5,

    /// <summary>Agent to plugin: the value of a key.</summary>
    ExportRequest = 6,

    ExportResponse = 7,

    /// <summary>Agent to plugin: the options. Without an answer.</summary>
    Configure = 8,

    /// <summary>Agent to plugin: are these options right?</summary>
    ValidateRequest = 9,

    ValidateResponse = 10,
}
