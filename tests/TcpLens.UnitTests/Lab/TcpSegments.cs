using CsCheck;
using TcpLens.Core.Model;
using TcpLens.Linux.Lab;
using Xunit;

namespace TcpLens.UnitTests.Lab;

public sealed class TcpSegments
{
    // Both packets were made by an independent program (Python's struct) and taken by a kernel.
    private const string SynAckOverIpv4 = "4500002800000000400666ce0a0100010a00000101bb8000000f4240deadbeef5012ffff3a280000";

    private const string SynOverIpv6 =
        "6000000000140640fd000000000000000000000000020001fd000000000000000000000000000001" + "04001f9000000001000000005002ffff924c0000";

    [Fact]
    public void A_segment_over_IPv4_has_the_right_checksums()
    {
        var segment = new TcpSegment(End("10.1.0.1", 443), End("10.0.0.1", 32768), 1_000_000, 0xdeadbeef, TcpFlags.Syn | TcpFlags.Acknowledgment);
        Assert.Equal(SynAckOverIpv4, Written(segment));
    }

    [Fact]
    public void A_segment_over_IPv6_has_the_right_checksum() =>
        Assert.Equal(SynOverIpv6, Written(new TcpSegment(End("fd00::2:1", 1024), End("fd00::1", 8080), 1, 0, TcpFlags.Syn)));

    [Theory]
    [InlineData(SynAckOverIpv4)]
    [InlineData(SynOverIpv6)]
    public void What_was_written_is_read_back(string packet)
    {
        Assert.True(TcpSegment.TryParse(Convert.FromHexString(packet), out var segment));
        Assert.Equal(packet, Written(segment));
    }

    [Theory]
    [InlineData(SynAckOverIpv4)]
    [InlineData(SynOverIpv6)]
    public void A_packet_that_ends_too_early_is_refused(string packet)
    {
        byte[] bytes = Convert.FromHexString(packet);
        for (int length = 0; length < bytes.Length; length++)
            Assert.False(TcpSegment.TryParse(bytes.AsSpan(0, length), out _));
    }

    [Fact]
    public void IPv4_options_are_stepped_over()
    {
        byte[] bytes = Convert.FromHexString("47" + SynAckOverIpv4[2..40] + "0101010101010101" + SynAckOverIpv4[40..]);
        Assert.True(TcpSegment.TryParse(bytes, out var segment));
        Assert.Equal(End("10.0.0.1", 32768), segment.Destination);
    }

    [Theory]
    [InlineData("44")] // an IPv4 header shorter than the shortest
    [InlineData("05")] // no IP version
    public void A_packet_with_a_wrong_first_byte_is_refused(string first) =>
        Assert.False(TcpSegment.TryParse(Convert.FromHexString(first + SynAckOverIpv4[2..]), out _));

    [Fact]
    public void Other_protocols_are_refused() =>
        Assert.False(TcpSegment.TryParse(Convert.FromHexString(SynAckOverIpv4[..18] + "11" + SynAckOverIpv4[20..]), out _));

    [Fact]
    public void Any_bytes_are_read_without_a_fault() =>
        Gen.Byte.Array[0, 100].Sample(bytes => TcpSegment.TryParse(bytes, out var segment) || segment == default);

    [Fact]
    public void The_checksum_is_that_of_RFC_1071()
    {
        // The example of RFC 1071, section 3: sum ddf2.
        Assert.Equal(unchecked((ushort)~0xddf2), InternetChecksum.Finish(InternetChecksum.Add(0, [0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7])));
        Assert.Equal(InternetChecksum.Add(0, [0xab, 0x00]), InternetChecksum.Add(0, [0xab]));
    }

    private static string Written(TcpSegment segment)
    {
        Span<byte> packet = stackalloc byte[TcpSegment.MaximumLength];
        return Convert.ToHexStringLower(packet[..segment.Write(packet)]);
    }

    private static TcpEndpoint End(string address, ushort port) =>
        IpAddress.TryParse(address, out var parsed) ? new TcpEndpoint(parsed, port) : throw new ArgumentException(address, nameof(address));
}
