namespace TcpLens.Zabbix.Api;

/// <summary>Where a server asks the agent of a host.</summary>
/// <param name="Address">IP address or DNS name, whichever the server uses.</param>
/// <param name="Port">As it is configured; it may be a macro.</param>
/// <param name="Availability">Whether the server reaches it.</param>
/// <param name="Error">Why not, in the server's words; else empty.</param>
public sealed record ServedInterface(string Address, string Port, Availability Availability, string Error)
{
    public override string ToString() => Address.Contains(':', StringComparison.Ordinal) ? $"[{Address}]:{Port}" : $"{Address}:{Port}";
}
