namespace TcpLens.Zabbix.AgentConfiguration;

/// <summary>How the file of TcpLens stands to what it should be.</summary>
public enum DropInState
{
    /// <summary>It is not there.</summary>
    Missing,

    /// <summary>It is ours, and its text is another one.</summary>
    Outdated,

    /// <summary>It is there as it should be.</summary>
    Current,

    /// <summary>A file of that name is there that TcpLens did not write.</summary>
    Foreign,

    /// <summary>No Include line takes in a directory where it could lie.</summary>
    NoPlace,
}
