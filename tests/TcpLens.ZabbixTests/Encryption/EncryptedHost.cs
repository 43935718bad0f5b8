using System.Text.Json;

namespace TcpLens.ZabbixTests.Encryption;

/// <summary>A host in Zabbix whose connections are encrypted.</summary>
internal sealed class EncryptedHost
{
    private const int Psk = 2;
    private const int Certificate = 4;

    private readonly ZabbixServer _server;
    private readonly string _id;

    private EncryptedHost(ZabbixServer server, string name, string protection, (string Address, int Port)? agent)
    {
        _server = server;
        string group = server.Api("hostgroup.get", """{"output":["groupid"],"limit":1}""")[0].GetProperty("groupid").GetString()!;
        string at = agent is var (address, port) ? $$""","interfaces":[{"type":1,"main":1,"useip":1,"ip":"{{address}}","dns":"","port":"{{port}}"}]""" : "";
        _id = server.Api("host.create", $$"""{"host":"{{name}}","groups":[{"groupid":"{{group}}"}]{{at}},{{protection}} }""").GetProperty("hostids")[0].GetString()!;
        Watched = new WatchedHost(server, name);
    }

    public WatchedHost Watched { get; }

    /// <summary>What the server says about reaching the agent: empty, or why it does not.</summary>
    public string Trouble => _server.Api("hostinterface.get", $$"""{"output":["available","error"],"hostids":["{{_id}}"]}""")[0] is var one
        && one.GetProperty("available").GetString() == "2" ? one.GetProperty("error").GetString()! : "";

    /// <summary>A host that the server asks at <paramref name="agent"/>, if that is given, and that is trusted by a pre-shared key alone.</summary>
    public static EncryptedHost ByKey(ZabbixServer server, string name, SharedKey key, (string Address, int Port)? agent = null) =>
        new(server, name, $$"""{{Ways(Psk)}},"tls_psk_identity":{{JsonSerializer.Serialize(key.Identity)}},"tls_psk":"{{key.Digits}}" """, agent);

    /// <summary>The same by the agent's certificate alone.</summary>
    public static EncryptedHost ByCertificate(ZabbixServer server, string name, (string Address, int Port)? agent = null) =>
        new(server, name, $$"""{{Ways(Certificate)}},"tls_issuer":{{JsonSerializer.Serialize(Certificates.Issuer)}},"tls_subject":{{JsonSerializer.Serialize(Certificates.AgentSubject)}} """, agent);

    private static string Ways(int way) => $"\"tls_connect\":{way},\"tls_accept\":{way}";
}
