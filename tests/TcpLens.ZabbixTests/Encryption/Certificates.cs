namespace TcpLens.ZabbixTests.Encryption;

/// <summary>The certificates of a lab, in /lab/tls: server, agent, and a rogue that another authority vouches for.</summary>
internal static class Certificates
{
    public const string Authority = "/lab/tls/ca.pem";

    public const string RogueAuthority = "/lab/tls/rogue-ca.pem";

    /// <summary>Subjects as Zabbix writes them, most special name first (RFC 4514).</summary>
    public const string ServerSubject = "CN=Zabbix server,OU=Lab\\, first,O=TcpLens";

    public const string AgentSubject = "CN=agent,O=TcpLens";

    public const string Issuer = "CN=Authority,O=TcpLens";

    // As .NET writes them.
    private const string ServerName = "CN=Zabbix server, OU=\"Lab, first\", O=TcpLens";
    private const string AgentName = "CN=agent, O=TcpLens";
    private const string IssuerName = "CN=Authority, O=TcpLens";

    private static readonly Lazy<IReadOnlyList<(string File, string Text)>> s_files = new(Make);

    /// <summary>Gives them to a lab, before its server starts.</summary>
    public static void Give(ZabbixServer server)
    {
        foreach (var (file, text) in s_files.Value)
            server.Keep(file, text);
    }

    /// <summary>Options of Zabbix' programs and of TcpLens to talk by the certificate of one of these.</summary>
    public static string[] Options(string whose, string authority = Authority) =>
        ["--tls-connect", "cert", "--tls-ca-file", authority, "--tls-cert-file", $"/lab/tls/{whose}.pem", "--tls-key-file", $"/lab/tls/{whose}.key"];

    /// <summary>Lines of a configuration of TcpLens for the agent's certificate.</summary>
    public static string[] Lines() =>
        [$"zabbix_tls.ca_file = \"{Authority}\"", "zabbix_tls.certificate_file = \"/lab/tls/agent.pem\"", "zabbix_tls.key_file = \"/lab/tls/agent.key\""];

    private static (string File, string Text)[] Make()
    {
        using var good = new Authority(IssuerName);
        // Of the same name: its certificates are wrong by their signature alone.
        using var rogue = new Authority(IssuerName);
        return
        [
            ("ca.pem", good.Pem), ("rogue-ca.pem", rogue.Pem), .. Files("server", good.Sign(ServerName)), .. Files("agent", good.Sign(AgentName)), .. Files("rogue", rogue.Sign(AgentName)),
        ];
    }

    private static (string File, string Text)[] Files(string whose, (string Certificate, string Key) made) => [(whose + ".pem", made.Certificate), (whose + ".key", made.Key)];
}
