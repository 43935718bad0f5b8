namespace TcpLens.Zabbix.Api;

/// <summary>Whether a server reaches an agent (Zabbix manual, "API", host interface object, property <c>available</c>).</summary>
public enum Availability
{
    /// <summary>Not asked yet, or there is nothing to ask for.</summary>
    Unknown,

    Available,

    Unavailable,
}
