using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace TcpLens.Configuration;

/// <summary>Where the web server listens: <c>127.0.0.1:11011</c>, <c>[::1]:11011</c>, or <c>*:11011</c> for every address of the host. Port 0 takes a free one.</summary>
/// <param name="Address">The address; <see langword="null"/> for every address, of IPv4 and of IPv6.</param>
/// <param name="Port">The port.</param>
internal sealed record ListenAddress(IPAddress? Address, ushort Port)
{
    /// <summary>Whether only programs of this host reach it.</summary>
    public bool IsLoopback => Address is not null && IPAddress.IsLoopback(Address);

    public static bool TryParse(ReadOnlySpan<char> text, out ListenAddress? listen)
    {
        listen = null;
        int colon = text.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
            return false;
        var host = text[..colon];
        if (host is "*")
        {
            listen = new ListenAddress(null, port);
            return true;
        }

        bool bracketed = host is ['[', .., ']'];
        if (bracketed)
            host = host[1..^1];
        // A short form such as 127.1 is an address to the parser but to nobody else; a zone belongs to one host's numbering.
        if (host.Contains('%') || !IPAddress.TryParse(host, out var address) || bracketed != (address.AddressFamily == AddressFamily.InterNetworkV6))
            return false;
        if (!bracketed && host.Count('.') != 3)
            return false;
        listen = new ListenAddress(address, port);
        return true;
    }

    public override string ToString() => Address switch
    {
        null => $"*:{Port}",
        { AddressFamily: AddressFamily.InterNetworkV6 } => $"[{Address}]:{Port}",
        _ => $"{Address}:{Port}",
    };
}
