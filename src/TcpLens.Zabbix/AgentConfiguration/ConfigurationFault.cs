namespace TcpLens.Zabbix.AgentConfiguration;

/// <summary>What stops an agent from reading its configuration, and with it from starting.</summary>
public enum ConfigurationFault
{
    /// <summary>A file cannot be opened.</summary>
    Unreadable,

    /// <summary>What an <c>Include=</c> names is not there; a glob that matches nothing is no fault, a directory that is missing is one.</summary>
    IncludeMissing,

    /// <summary>A <c>*</c> stands elsewhere than in the last part of the path, or before any directory.</summary>
    IncludePattern,

    /// <summary>Files include each other deeper than the agents follow.</summary>
    IncludeDepth,

    /// <summary>A line is longer than 2048 bytes.</summary>
    LineLength,

    /// <summary>A line is neither empty nor a comment nor <c>Name=Value</c>.</summary>
    LineForm,

    /// <summary>A line is not UTF-8.</summary>
    LineEncoding,
}
