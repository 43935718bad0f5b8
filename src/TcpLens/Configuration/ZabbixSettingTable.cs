using System.Collections.Immutable;
using TcpLens.Core.Text;

namespace TcpLens.Configuration;

/// <summary>The settings by which the monitor takes part in a Zabbix network; a part of <see cref="SettingTable"/>.</summary>
internal static class ZabbixSettingTable
{
    private static readonly ServersType s_server = new();

    private static readonly ChoiceType<ZabbixProtection> s_protection = new(("unencrypted", ZabbixProtection.Unencrypted), ("psk", ZabbixProtection.Psk), ("cert", ZabbixProtection.Certificate));

    public static ImmutableArray<SettingSection> Sections { get; } =
    [
        new("zabbix_agent", new("answering Zabbix servers as an agent does", "像 agent 一样应答 Zabbix server"), Agent()),
        new("zabbix_push", new("values that are sent to trapper items unasked", "主动发送到采集器（trapper）监控项的数值"), Push()),
        new("zabbix_buffer", new("where values wait until a server has taken them", "数值在被 server 接收之前的存放处"), Buffer()),
        new("zabbix_tls", new("encryption of everything that is spoken with Zabbix; the parameters TLS... of the agent", "与 Zabbix 通信的加密，对应 agent 的 TLS... 参数"), Tls()),
    ];

    private static ImmutableArray<SettingDefinition> Agent() =>
    [
        Agent("listen", new ListType<ListenAddress>(new ListenType(), fewest: 0, most: 16), "[\"127.0.0.1:10050\", \"[::1]:10050\"]", new("where passive checks are answered, *:PORT for every address of the host; without one they are not", "应答被动检查的监听地址，*:PORT 表示本机所有地址；留空则不应答"), agent => agent.Listen, (agent, value) => agent with { Listen = value }),
        Agent("allow", new AllowType(), "\"192.0.2.10,2001:db8::/32,zabbix.example\"", new("who may ask: addresses, CIDR and names between commas, as in the agent's Server=", "允许查询者：以逗号分隔的地址、CIDR 与名称，同 agent 的 Server="), agent => agent.Allow, (agent, value) => agent with { Allow = value }),
        Agent("servers", new ListType<string>(s_server, fewest: 0, most: 16), "[\"zabbix.example\", \"node1.example;node2.example:10051\"]", new("servers and proxies whose active checks are made; the nodes of one HA cluster between semicolons, as in the agent's ServerActive=", "为其执行主动检查的 server 与 proxy；同一高可用集群的节点以分号分隔，同 agent 的 ServerActive="), agent => agent.Servers, (agent, value) => agent with { Servers = value }),
        Agent("hostname", new ZabbixHostNameType(), "\"web1\"", new("the name of this host in Zabbix; without one that of the machine", "本机在 Zabbix 中的主机名；留空则使用机器名"), agent => agent.HostName, (agent, value) => agent with { HostName = value }),
        Agent("metadata", new PrintableType(ZabbixHostNameType.MetadataCharactersMax), "\"linux tcplens\"", new("host metadata, by which an autoregistration action decides", "主机元数据，自动注册动作据此判断"), agent => agent.HostMetadata, (agent, value) => agent with { HostMetadata = value }),
        Agent("timeout", new DurationType(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30)), "\"10s\"", new("how long a value may take, where the request does not say", "取得数值的时限，请求自带时限时除外"), agent => agent.Timeout, (agent, value) => agent with { Timeout = value }),
    ];

    private static ImmutableArray<SettingDefinition> Push() =>
    [
        Push("servers", new ListType<string>(s_server, fewest: 0, most: 16), "\"zabbix.example\"", new("servers and proxies that get the values; without one nothing is sent", "接收数值的 server 与 proxy；留空则不发送"), push => push.Servers, (push, value) => push with { Servers = value }),
        Push("interval", new DurationType(TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)), "\"1m\"", new("time from one value to the next", "相邻两次发送的间隔"), push => push.Interval, (push, value) => push with { Interval = value }),
        Push("keys", new ListType<string>(new KeyType(), fewest: 1, most: 64), "[\"tcplens.states\", \"TIME_WAIT\"]", new("keys of the trapper items", "采集器监控项的键"), push => push.Keys, (push, value) => push with { Keys = value }),
    ];

    private static ImmutableArray<SettingDefinition> Buffer() =>
    [
        new Setting<string>(new PathType(mayBeEmpty: false), all => all.ZabbixBuffer.File, (all, value) => all with { ZabbixBuffer = all.ZabbixBuffer with { File = value } })
        {
            Section = "zabbix_buffer", Key = "file", Example = "\"/srv/tcplens/zabbix.db\"", AppliesAtOnce = true,
            Summary = new("the file; it is made when there is something to keep", "存放文件，需要时自动创建"),
        },
        new Setting<long>(new SizeType(1 << 20, 1L << 34), all => all.ZabbixBuffer.SizeMaximum, (all, value) => all with { ZabbixBuffer = all.ZabbixBuffer with { SizeMaximum = value } })
        {
            Section = "zabbix_buffer", Key = "size_maximum", Example = "\"256MiB\"", AppliesAtOnce = true,
            Summary = new("the largest that the file may become; then the oldest values go first, and are counted", "文件的最大大小；达到后先丢弃最旧的数值并计数"),
        },
    ];

    private static ImmutableArray<SettingDefinition> Tls() =>
    [
        Tls("connect", s_protection, "\"psk\"", new("how connections to servers are protected", "连接 server 时的加密方式"), tls => tls.Connect, (tls, value) => tls with { Connect = value }),
        Tls("accept", new ListType<ZabbixProtection>(s_protection, fewest: 1, most: 3), "[\"psk\", \"unencrypted\"]", new("how connections of those who ask must be protected", "接受连接时允许的加密方式"), tls => tls.Accept, (tls, value) => tls with { Accept = value }),
        Tls("psk_identity", new PrintableType(128), "\"PSK web1\"", new("name of the pre-shared key; it is sent in clear", "预共享密钥的标识，以明文传输"), tls => tls.PskIdentity, (tls, value) => tls with { PskIdentity = value }),
        TlsFile("psk_file", "\"/etc/tcplens/zabbix.psk\"", new("file with the pre-shared key in hexadecimal; other users must not be able to read it", "存放十六进制预共享密钥的文件；其他用户不得能读取"), tls => tls.PskFile, (tls, value) => tls with { PskFile = value }),
        TlsFile("ca_file", "\"/etc/tcplens/zabbix-ca.pem\"", new("certificates in PEM of those who vouch for the other side", "验证对方所用的 CA 证书，PEM 格式"), tls => tls.CaFile, (tls, value) => tls with { CaFile = value }),
        TlsFile("certificate_file", "\"/etc/tcplens/zabbix-certificate.pem\"", new("own certificate chain in PEM", "本机证书链，PEM 格式"), tls => tls.CertificateFile, (tls, value) => tls with { CertificateFile = value }),
        TlsFile("key_file", "\"/etc/tcplens/zabbix-key.pem\"", new("private key of the own certificate, in PEM", "本机证书的私钥，PEM 格式"), tls => tls.KeyFile, (tls, value) => tls with { KeyFile = value }),
        Tls("server_certificate_issuer", new PrintableType(1024), "\"CN=Signing CA,O=Example\"", new("issuer that the server's certificate must have (RFC 4514); without one any", "server 证书须具有的颁发者（RFC 4514）；留空则不限"), tls => tls.ServerCertificateIssuer, (tls, value) => tls with { ServerCertificateIssuer = value }),
        Tls("server_certificate_subject", new PrintableType(1024), "\"CN=Zabbix server,O=Example\"", new("subject that the server's certificate must have (RFC 4514); without one any", "server 证书须具有的主体（RFC 4514）；留空则不限"), tls => tls.ServerCertificateSubject, (tls, value) => tls with { ServerCertificateSubject = value }),
    ];

    private static Setting<T> Agent<T>(string key, SettingType<T> type, string example, Phrase summary, Func<ZabbixAgentSettings, T> get, Func<ZabbixAgentSettings, T, ZabbixAgentSettings> set) =>
        new(type, all => get(all.ZabbixAgent), (all, value) => all with { ZabbixAgent = set(all.ZabbixAgent, value) }) { Section = "zabbix_agent", Key = key, Example = example, Summary = summary, AppliesAtOnce = true };

    private static Setting<T> Push<T>(string key, SettingType<T> type, string example, Phrase summary, Func<ZabbixPushSettings, T> get, Func<ZabbixPushSettings, T, ZabbixPushSettings> set) =>
        new(type, all => get(all.ZabbixPush), (all, value) => all with { ZabbixPush = set(all.ZabbixPush, value) }) { Section = "zabbix_push", Key = key, Example = example, Summary = summary, AppliesAtOnce = true };

    private static Setting<string> TlsFile(string key, string example, Phrase summary, Func<ZabbixTlsSettings, string> get, Func<ZabbixTlsSettings, string, ZabbixTlsSettings> set) =>
        Tls(key, new PathType(mayBeEmpty: true), example, summary, get, set, hidesWrongValue: key is "psk_file" or "key_file");

    private static Setting<T> Tls<T>(string key, SettingType<T> type, string example, Phrase summary, Func<ZabbixTlsSettings, T> get, Func<ZabbixTlsSettings, T, ZabbixTlsSettings> set, bool hidesWrongValue = false) =>
        new(type, all => get(all.ZabbixTls), (all, value) => all with { ZabbixTls = set(all.ZabbixTls, value) }) { Section = "zabbix_tls", Key = key, Example = example, Summary = summary, AppliesAtOnce = true, HidesWrongValue = hidesWrongValue };
}
