namespace TcpLens.ZabbixTests;

/// <summary>On Zabbix 6.0.</summary>
public sealed class NothingLostOn6(Servers servers) : NothingLost(servers, "6.0");
