namespace TcpLens.Zabbix.AgentConfiguration;

/// <summary>A line <c>Name=Value</c> and where it stands; lines count from 1.</summary>
public readonly record struct ConfigurationLine(string File, int Line, string Name, string Value);
