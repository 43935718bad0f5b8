namespace TcpLens.Zabbix.Sender;

/// <summary>A server of 7.0 or newer says which member of its proxy group this host belongs to.</summary>
/// <param name="Address">Where to go from now on; <see langword="null"/> = back to the configured address.</param>
/// <param name="Revision">Of two, the one with the higher number holds.</param>
public sealed record Redirect(ZabbixAddress? Address, ulong Revision);
