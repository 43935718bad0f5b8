using System.Globalization;

namespace TcpLens.Zabbix.Sender;

/// <summary>Where a server or proxy listens: "name", "name:port", "192.0.2.1:port", "2001:db8::1", "[2001:db8::1]:port" (<c>ServerActive</c>). A name is looked up at every connection.</summary>
/// <param name="Host">Name or address, without brackets.</param>
/// <param name="Port">1-65535.</param>
public readonly record struct ZabbixAddress(string Host, int Port)
{
    /// <summary>Where servers and proxies listen unless told otherwise.</summary>
    public const int DefaultPort = 10051;

    /// <summary>The longest name of the DNS.</summary>
    private const int LongestHost = 255;

    /// <summary>Reads an address; surrounding blanks do not count.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ZabbixAddress address)
    {
        address = default;
        text = text.Trim();
        if (!TrySplit(text, out var host, out var port))
            return false;
        int number = DefaultPort;
        if (!port.IsEmpty && (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out number) || number is < 1 or > ushort.MaxValue))
            return false;
        if (host.IsEmpty || host.Length > LongestHost)
            return false;
        bool isV6 = host.Contains(':');
        foreach (char c in host)
        {
            if (!(char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' || (isV6 && c is ':' or '%')))
                return false;
        }

        if (isV6 && !System.Net.IPAddress.TryParse(host, out _))
            return false;
        address = new ZabbixAddress(host.ToString(), number);
        return true;
    }

    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    // An empty port means that none was given.
    private static bool TrySplit(ReadOnlySpan<char> text, out ReadOnlySpan<char> host, out ReadOnlySpan<char> port)
    {
        host = text;
        port = default;
        if (text.StartsWith("["))
        {
            int end = text.IndexOf(']');
            if (end < 0)
                return false;
            host = text[1..end];
            var rest = text[(end + 1)..];
            port = rest.IsEmpty ? default : rest[1..];
            return host.Contains(':') && (rest.IsEmpty || (rest[0] == ':' && rest.Length > 1));
        }

        int colon = text.IndexOf(':');
        if (colon < 0 || text.LastIndexOf(':') != colon)
            return true;
        host = text[..colon];
        port = text[(colon + 1)..];
        return !port.IsEmpty;
    }
}
