namespace TcpLens.Zabbix.Plugin;

/// <summary>What is wrong with what the agent sent.</summary>
public enum PluginFault
{
    /// <summary>The kind in front of it is none that the protocol has.</summary>
    UnknownKind,

    /// <summary>It is longer than <see cref="PluginFrame.BytesMaximum"/>.</summary>
    TooLong,

    /// <summary>The connection ended in the middle of it.</summary>
    Truncated,
}
