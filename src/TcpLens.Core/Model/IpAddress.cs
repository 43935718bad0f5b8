using System.Buffers;
using System.Buffers.Binary;
using System.Net;

namespace TcpLens.Core.Model;

/// <summary>
/// An IPv4 or IPv6 address as a value: 128 bits in network order, IPv4 as <c>::ffff:a.b.c.d</c>. Costs no allocation, unlike
/// <see cref="System.Net.IPAddress"/>, because a host may hold a million of them.
/// </summary>
public readonly record struct IpAddress(UInt128 Bits) : IComparable<IpAddress>
{
    private const uint MappedPrefix = 0xffff;

    private static readonly SearchValues<char> s_v4Characters = SearchValues.Create("0123456789.");
    private static readonly SearchValues<char> s_v6Characters = SearchValues.Create("0123456789abcdefABCDEF:.");

    /// <summary>The 16 bytes of an IPv6 address, network order.</summary>
    public static IpAddress FromV6(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    /// <summary>The 4 bytes of an IPv4 address, network order.</summary>
    public static IpAddress FromV4(ReadOnlySpan<byte> bytes) => new(((UInt128)MappedPrefix << 32) | BinaryPrimitives.ReadUInt32BigEndian(bytes));

    /// <summary>An IPv4 address, or an IPv6 one that carries an IPv4 address.</summary>
    public bool IsV4 => (uint)(Bits >> 32) == MappedPrefix && (ulong)(Bits >> 64) == 0;

    /// <summary>The wildcard address (0.0.0.0 or ::).</summary>
    public bool IsAny => Bits == 0 || (IsV4 && (uint)Bits == 0);

    /// <summary>127.0.0.0/8 or ::1.</summary>
    public bool IsLoopback => IsV4 ? (uint)Bits >> 24 == 127 : Bits == 1;

    /// <summary>Reads four decimal numbers or any text form of an IPv6 address; a zone (<c>%eth0</c>), brackets and a port are refused.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out IpAddress address)
    {
        address = default;
        bool isV6 = text.Contains(':');
        // System.Net reads more than a person means: "1" as 0.0.0.1, "010.0.0.1" as 8.0.0.1, "[::1]:443" as ::1.
        if (text.ContainsAnyExcept(isV6 ? s_v6Characters : s_v4Characters) || (!isV6 && !IsFourNumbers(text)) || !IPAddress.TryParse(text, out var parsed))
            return false;
        Span<byte> bytes = stackalloc byte[16];
        if (!parsed.TryWriteBytes(bytes, out int length))
            return false;
        address = length == 4 ? FromV4(bytes) : FromV6(bytes);
        return true;
    }

    public int CompareTo(IpAddress other) => Bits.CompareTo(other.Bits);

    /// <summary>The text of RFC 5952; an IPv4-mapped address as its IPv4 form (the socket's family tells the difference).</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Bits);
        return new IPAddress(IsV4 ? bytes[12..] : bytes).ToString();
    }

    private static bool IsFourNumbers(ReadOnlySpan<char> text)
    {
        foreach (var part in text.Split('.'))
        {
            if (text[part] is [] or ['0', _, ..])
                return false;
        }

        return text.Count('.') == 3;
    }

    public static bool operator <(IpAddress left, IpAddress right) => left.CompareTo(right) < 0;

    public static bool operator >(IpAddress left, IpAddress right) => left.CompareTo(right) > 0;

    public static bool operator <=(IpAddress left, IpAddress right) => left.CompareTo(right) <= 0;

    public static bool operator >=(IpAddress left, IpAddress right) => left.CompareTo(right) >= 0;
}
