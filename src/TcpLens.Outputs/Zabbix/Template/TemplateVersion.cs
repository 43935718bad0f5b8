namespace TcpLens.Outputs.Zabbix.Template;

/// <summary>The export format of a template.</summary>
public enum TemplateVersion
{
    /// <summary>6.0, which every later version imports too.</summary>
    V60,

    /// <summary>7.0 and later.</summary>
    V70,
}
