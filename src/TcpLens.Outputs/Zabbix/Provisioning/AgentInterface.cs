using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace TcpLens.Outputs.Zabbix.Provisioning;

/// <summary>Where the server finds an agent: an IP address or a DNS name, and a port.</summary>
public sealed record AgentInterface(string Address, int Port)
{
    /// <summary>What agents listen on unless told otherwise.</summary>
    public const int UsualPort = 10050;

    public bool IsIp { get; } = IPAddress.TryParse(Address, out _);

    /// <summary>Reads "10.1.2.3", "web1.example:10050", "[fd00::1]:10050".</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out AgentInterface? agent)
    {
        agent = null;
        string address = text;
        int port = UsualPort;
        int colon = text.LastIndexOf(':');
        bool isBareIpv6 = text.IndexOf(':', StringComparison.Ordinal) != colon && !text.StartsWith('[');
        if (colon > text.LastIndexOf(']') && !isBareIpv6)
        {
            if (!int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is 0 or > 65535)
                return false;
            address = text[..colon];
        }

        address = address is ['[', .. var inner, ']'] ? inner : address;
        if (Uri.CheckHostName(address) == UriHostNameType.Unknown)
            return false;
        agent = new AgentInterface(address, port);
        return true;
    }

    public override string ToString() => Address.Contains(':', StringComparison.Ordinal) ? $"[{Address}]:{Port}" : $"{Address}:{Port}";
}
