namespace TcpLens.Outputs.Zabbix.Template;

/// <summary>How the values of a template come to the server.</summary>
public enum TemplateWay
{
    /// <summary>The server asks the agent.</summary>
    Agent,

    /// <summary>The agent asks what is wanted and sends it: for hosts that the server cannot reach.</summary>
    Active,

    /// <summary>They are sent unasked.</summary>
    Trapper,
}
