namespace TcpLens.Zabbix.AgentConfiguration;

/// <summary>A fault and where: <see cref="Line"/> is 0 when the file as a whole is meant; <see cref="Subject"/> is the path or text in question.</summary>
public readonly record struct ConfigurationProblem(ConfigurationFault Fault, string File, int Line, string Subject);
