namespace TcpLens.Outputs.Zabbix.Template;

/// <summary>A trigger's severity, by Zabbix' names.</summary>
public enum Severity
{
    Info,
    Warning,
    Average,
    High,
}
