using Org.BouncyCastle.Tls;
using TcpLens.Zabbix.Transport;
using Xunit;
using PskIdentity = TcpLens.Zabbix.Transport.PskIdentity;

namespace TcpLens.UnitTests.Zabbix.Transport;

/// <summary>Keys and versions of the tests.</summary>
internal static class Keys
{
    public static readonly PskIdentity Ours = Of("tcplens web-1");

    public static TheoryData<string> Versions => ["1.2", "1.3"];

    public static ProtocolVersion[] VersionOf(string name) => [name == "1.2" ? ProtocolVersion.TLSv12 : ProtocolVersion.TLSv13];

    public static PskIdentity Of(string name, byte first = 1, int length = 32) =>
        new(name, Enumerable.Range(first, length).Select(value => (byte)value).ToArray());

    public static PskClientSecurity Client(string version, PskIdentity? identity = null) => new(identity ?? Ours, VersionOf(version));

    public static PskServerSecurity Server(string version, PskIdentity? identity = null) => new(identity ?? Ours, VersionOf(version));
}
