namespace TcpLens.Zabbix.Api;

/// <summary>A call of the Zabbix API that failed: the method, the kind of trouble, and what the other side said about it (English).</summary>
public sealed class ZabbixApiException(string method, ApiTrouble trouble, string detail, Exception? cause = null)
    : Exception($"{method}: {trouble}: {detail}", cause)
{
    public string Method { get; } = method;

    public ApiTrouble Trouble { get; } = trouble;

    public string Detail { get; } = detail;
}
