namespace TcpLens.Configuration;

/// <summary>Where values wait until a server has taken them: section <c>[zabbix_buffer]</c>.</summary>
internal sealed record ZabbixBufferSettings
{
    public string File { get; init; } = "/var/lib/tcplens/zabbix.db";

    /// <summary>The largest the file may become, in bytes.</summary>
    public long SizeMaximum { get; init; } = 64 << 20;
}
