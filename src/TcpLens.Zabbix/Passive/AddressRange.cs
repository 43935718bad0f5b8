using System.Net;
using System.Net.Sockets;

namespace TcpLens.Zabbix.Passive;

/// <summary>
/// The addresses that share their first bits with one (CIDR), with the agent's view of the two families (Zabbix manual, <c>Server</c>):
/// <c>127.0.0.1</c>, <c>::127.0.0.1</c> and <c>::ffff:127.0.0.1</c> are the same, <c>0.0.0.0/0</c> is any IPv4 address and <c>::/0</c> any at all.
/// </summary>
internal readonly struct AddressRange
{
    private const int Bytes6 = 16;
    private const int Prefix4In6 = 96;

    private readonly byte[] _first;
    private readonly int _bits;

    /// <summary>The range of one address.</summary>
    public AddressRange(IPAddress address)
        : this(address, 8 * address.GetAddressBytes().Length)
    {
    }

    /// <summary>The range of a network.</summary>
    /// <param name="address">Any address of it; the bits behind the prefix do not matter.</param>
    /// <param name="prefixBits">0 to 32 for IPv4, 0 to 128 for IPv6.</param>
    public AddressRange(IPAddress address, int prefixBits)
    {
        _first = In6(address, isMapped: true);
        _bits = address.AddressFamily == AddressFamily.InterNetwork ? prefixBits + Prefix4In6 : prefixBits;
    }

    /// <summary>Whether a peer's address is one of them.</summary>
    public bool Contains(IPAddress peer)
    {
        if (peer.IsIPv4MappedToIPv6)
            peer = peer.MapToIPv4();
        return StartsAlike(In6(peer, isMapped: true)) || (peer.AddressFamily == AddressFamily.InterNetwork && StartsAlike(In6(peer, isMapped: false)));
    }

    // An IPv4 address stands in the last four bytes: behind ::ffff (mapped), or behind zeros alone (compatible, the older form).
    private static byte[] In6(IPAddress address, bool isMapped)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
            return address.GetAddressBytes();
        byte[] bytes = new byte[Bytes6];
        if (isMapped)
            bytes.AsSpan(10, 2).Fill(0xff);
        address.TryWriteBytes(bytes.AsSpan(Prefix4In6 / 8), out _);
        return bytes;
    }

    private bool StartsAlike(ReadOnlySpan<byte> peer)
    {
        int whole = _bits / 8;
        int rest = _bits % 8;
        return peer[..whole].SequenceEqual(_first.AsSpan(0, whole)) && (rest == 0 || (peer[whole] ^ _first[whole]) >> (8 - rest) == 0);
    }
}
