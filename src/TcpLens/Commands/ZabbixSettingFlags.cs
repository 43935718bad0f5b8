using System.Collections.Immutable;
using TcpLens.Configuration;

namespace TcpLens.Commands;

/// <summary>The options of <c>zabbix agent</c> and <c>zabbix push</c> that set settings; those of encryption have the names of zabbix_get and zabbix_sender.</summary>
internal static class ZabbixSettingFlags
{
    private static readonly (SettingDefinition Setting, SettingFlag Flag) s_hostName = Value("zabbix_agent", "hostname", "--hostname", "NAME");

    private static readonly ImmutableArray<(SettingDefinition Setting, SettingFlag Flag)> s_towardsServers =
    [
        Value("zabbix_buffer", "file", "--buffer-file", "FILE"),
        Value("zabbix_tls", "connect", "--tls-connect", "HOW"),
        Value("zabbix_tls", "psk_identity", "--tls-psk-identity", "IDENTITY"),
        Value("zabbix_tls", "psk_file", "--tls-psk-file", "FILE"),
        Value("zabbix_tls", "ca_file", "--tls-ca-file", "FILE"),
        Value("zabbix_tls", "certificate_file", "--tls-cert-file", "FILE"),
        Value("zabbix_tls", "key_file", "--tls-key-file", "FILE"),
        Value("zabbix_tls", "server_certificate_issuer", "--tls-server-cert-issuer", "ISSUER"),
        Value("zabbix_tls", "server_certificate_subject", "--tls-server-cert-subject", "SUBJECT"),
        Value("log", "level", "--log-level", "LEVEL"),
        Value("log", "format", "--log-format", "FORMAT"),
    ];

    public static SettingOptions Agent { get; } = new(
    [
        Value("zabbix_agent", "listen", "--listen", "ADDRESS:PORT"),
        Value("zabbix_agent", "allow", "--allow", "LIST"),
        Value("zabbix_agent", "servers", "--server-active", "LIST"),
        s_hostName,
        Value("zabbix_agent", "metadata", "--metadata", "TEXT"),
        Value("zabbix_agent", "timeout", "--timeout", "DURATION"),
        Value("zabbix_tls", "accept", "--tls-accept", "HOW"),
        .. s_towardsServers,
    ]);

    public static SettingOptions Push { get; } = new(
    [
        Value("zabbix_push", "servers", "--server", "LIST"),
        s_hostName,
        Value("zabbix_push", "keys", "--key", "KEYS"),
        Value("zabbix_push", "interval", IntervalName, "DURATION"),
        .. s_towardsServers,
    ]);

    /// <summary>The option with which push goes on.</summary>
    public const string IntervalName = "--interval";

    private static (SettingDefinition Setting, SettingFlag Flag) Value(string section, string key, string name, string valueName) =>
        (SettingTable.Find(section, key), SettingFlag.Value(name, valueName));
}
