namespace TcpLens.ZabbixTests;

/// <summary>On Zabbix 7.0.</summary>
public sealed class NothingLostOn7(Servers servers) : NothingLost(servers, "7.0");
