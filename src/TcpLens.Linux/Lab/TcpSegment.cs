using System.Buffers.Binary;
using TcpLens.Core.Model;

namespace TcpLens.Linux.Lab;

/// <summary>
/// One TCP segment without options and data, as an IPv4 or IPv6 packet on the wire (RFC 791, RFC 8200, RFC 9293). Which of the two follows
/// from the addresses.
/// </summary>
internal readonly record struct TcpSegment(TcpEndpoint Source, TcpEndpoint Destination, uint Sequence, uint Acknowledgment, TcpFlags Flags)
{
    /// <summary>Bytes of the longest packet that <see cref="Write"/> makes.</summary>
    public const int MaximumLength = Ipv6HeaderLength + TcpHeaderLength;

    private const int Ipv4HeaderLength = 20;
    private const int Ipv6HeaderLength = 40;
    private const int TcpHeaderLength = 20;
    private const byte ProtocolTcp = 6;
    private const byte TimeToLive = 64;
    private const ushort Window = 65535;

    /// <summary>Writes the packet with its checksums into <paramref name="packet"/> and returns its length.</summary>
    public int Write(Span<byte> packet)
    {
        bool v4 = Source.Address.IsV4;
        int headerLength = v4 ? Ipv4HeaderLength : Ipv6HeaderLength;
        packet = packet[..(headerLength + TcpHeaderLength)];
        packet.Clear();
        if (v4)
            WriteIpv4Header(packet);
        else
            WriteIpv6Header(packet);

        var tcp = packet[headerLength..];
        BinaryPrimitives.WriteUInt16BigEndian(tcp, Source.Port);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[2..], Destination.Port);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[4..], Sequence);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[8..], Acknowledgment);
        tcp[12] = TcpHeaderLength / 4 << 4;
        tcp[13] = (byte)Flags;
        BinaryPrimitives.WriteUInt16BigEndian(tcp[14..], Window);

        // The pseudo header is the same sum for both: addresses, protocol, length of the TCP part.
        var addresses = v4 ? packet[12..20] : packet[8..40];
        uint sum = InternetChecksum.Add(ProtocolTcp + TcpHeaderLength, addresses);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[16..], InternetChecksum.Finish(InternetChecksum.Add(sum, tcp)));
        return packet.Length;
    }

    /// <summary>Reads the headers of a packet; false when it is no whole TCP header right behind an IP header (checksums are not checked).</summary>
    public static bool TryParse(ReadOnlySpan<byte> packet, out TcpSegment segment)
    {
        segment = default;
        if (packet.IsEmpty)
            return false;
        int headerLength;
        IpAddress source, destination;
        switch (packet[0] >> 4)
        {
            case 4 when packet.Length >= Ipv4HeaderLength && packet[9] == ProtocolTcp:
                headerLength = (packet[0] & 0xf) * 4;
                source = IpAddress.FromV4(packet[12..16]);
                destination = IpAddress.FromV4(packet[16..20]);
                break;
            case 6 when packet.Length >= Ipv6HeaderLength && packet[6] == ProtocolTcp:
                headerLength = Ipv6HeaderLength;
                source = IpAddress.FromV6(packet[8..24]);
                destination = IpAddress.FromV6(packet[24..40]);
                break;
            default:
                return false;
        }

        if (headerLength < Ipv4HeaderLength || packet.Length < headerLength + TcpHeaderLength)
            return false;
        var tcp = packet[headerLength..];
        segment = new TcpSegment(
            new TcpEndpoint(source, BinaryPrimitives.ReadUInt16BigEndian(tcp)),
            new TcpEndpoint(destination, BinaryPrimitives.ReadUInt16BigEndian(tcp[2..])),
            BinaryPrimitives.ReadUInt32BigEndian(tcp[4..]),
            BinaryPrimitives.ReadUInt32BigEndian(tcp[8..]),
            (TcpFlags)tcp[13]);
        return true;
    }

    private void WriteIpv4Header(Span<byte> packet)
    {
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)packet.Length);
        packet[8] = TimeToLive;
        packet[9] = ProtocolTcp;
        BinaryPrimitives.WriteUInt32BigEndian(packet[12..], (uint)Source.Address.Bits);
        BinaryPrimitives.WriteUInt32BigEndian(packet[16..], (uint)Destination.Address.Bits);
        BinaryPrimitives.WriteUInt16BigEndian(packet[10..], InternetChecksum.Finish(InternetChecksum.Add(0, packet[..Ipv4HeaderLength])));
    }

    private void WriteIpv6Header(Span<byte> packet)
    {
        packet[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(packet[4..], TcpHeaderLength);
        packet[6] = ProtocolTcp;
        packet[7] = TimeToLive;
        BinaryPrimitives.WriteUInt128BigEndian(packet[8..], Source.Address.Bits);
        BinaryPrimitives.WriteUInt128BigEndian(packet[24..], Destination.Address.Bits);
    }
}
