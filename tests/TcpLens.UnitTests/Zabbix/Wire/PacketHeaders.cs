using TcpLens.Zabbix.Wire;
using Xunit;

namespace TcpLens.UnitTests.Zabbix.Wire;

public sealed class PacketHeaders
{
    public static TheoryData<int> EveryFlagsByte => [.. Enumerable.Range(0, 256)];

    [Theory]
    [MemberData(nameof(EveryFlagsByte))]
    public void Flags_are_known_when_the_protocol_is_set_and_nothing_but_compression_and_size_besides(int flags)
    {
        byte[] header = [.. "ZBXD"u8, (byte)flags, .. new byte[16]];
        if (flags is 1 or 3 or 5 or 7)
        {
            var parsed = PacketHeader.Parse(header);
            Assert.Equal((Packing)flags, parsed.Flags);
            Assert.Equal((flags & 2) != 0, parsed.IsCompressed);
            Assert.Equal((flags & 4) != 0 ? 21 : 13, parsed.Bytes);
            HasFault(header[..(parsed.Bytes - 1)], PacketFault.Truncated);
        }
        else
        {
            HasFault(header, PacketFault.UnknownFlags);
        }
    }

    [Theory]
    [InlineData(Packing.Protocol, 0u, 0u)]
    [InlineData(Packing.Protocol, 0xffff_ffffu, 0xffff_ffffu)]
    [InlineData(Packing.Protocol | Packing.Compressed, 0x0102_0304u, 0x0506_0708u)]
    [InlineData(Packing.Protocol | Packing.Large, 0x0102_0304_0506_0708u, 0u)]
    [InlineData(Packing.Protocol | Packing.Large | Packing.Compressed, ulong.MaxValue, ulong.MaxValue)]
    public void A_header_that_was_written_is_read_the_same(Packing flags, ulong length, ulong reserved)
    {
        var header = new PacketHeader(flags, length, reserved);
        byte[] bytes = new byte[header.Bytes];
        header.Write(bytes);
        Assert.Equal(header, PacketHeader.Parse(bytes));
        Assert.Equal(header.IsCompressed ? reserved : length, header.PlainLength);
    }

    [Fact]
    public void Numbers_are_little_endian()
    {
        byte[] bytes = new byte[13];
        new PacketHeader(Packing.Protocol | Packing.Compressed, 0x0102_0304, 0x0a0b_0c0d).Write(bytes);
        Assert.Equal("5A425844" + "03" + "04030201" + "0D0C0B0A", Convert.ToHexString(bytes));
    }

    [Fact]
    public void A_length_that_four_bytes_cannot_hold_is_not_written() =>
        Assert.Throws<OverflowException>(() => new PacketHeader(Packing.Protocol, 0x1_0000_0000, 0).Write(new byte[13]));

    [Theory]
    [InlineData("GET / HTTP/1.1", PacketFault.NotZabbix)]
    [InlineData("ZBXd\u0001", PacketFault.NotZabbix)]
    [InlineData("agent.ping", PacketFault.NotZabbix)]
    [InlineData("ZBXD", PacketFault.Truncated)]
    [InlineData("", PacketFault.Truncated)]
    public void What_is_no_header_is_told_apart(string text, PacketFault fault) => HasFault(System.Text.Encoding.Latin1.GetBytes(text), fault);

    private static void HasFault(byte[] header, PacketFault fault) =>
        Assert.Equal(fault, Assert.Throws<PacketException>(() => PacketHeader.Parse(header)).Fault);
}
