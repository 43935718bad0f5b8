using System.Security.Cryptography;

namespace TcpLens.ZabbixTests.Encryption;

/// <summary>A pre-shared key with the file in a lab that holds it.</summary>
/// <param name="Identity">The name by which both sides find it.</param>
/// <param name="Digits">The key in hexadecimal.</param>
/// <param name="File">Where it lies, as the agents see it.</param>
internal sealed record SharedKey(string Identity, string Digits, string File)
{
    /// <summary>A new one of so many bytes, in a file of its own.</summary>
    public static SharedKey In(ZabbixServer server, string file, string identity, int bytes = 32)
    {
        var key = new SharedKey(identity, RandomNumberGenerator.GetHexString(2 * bytes, lowercase: true), "/lab/tls/" + file);
        server.Keep(file, key.Digits + "\n");
        return key;
    }

    /// <summary>Options of Zabbix' programs and of TcpLens to talk by it.</summary>
    public string[] Options() => ["--tls-connect", "psk", "--tls-psk-identity", Identity, "--tls-psk-file", File];

    /// <summary>Lines of a configuration of TcpLens.</summary>
    public string[] Lines() => [$"zabbix_tls.psk_identity = \"{Identity}\"", $"zabbix_tls.psk_file = \"{File}\""];
}
