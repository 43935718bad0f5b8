using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Pipelines;
using TcpLens.Zabbix.Wire;
using Xunit;

namespace TcpLens.UnitTests.Zabbix.Wire;

public sealed class Packets
{
    private const int Limit = 64 * 1024;

    private static readonly byte[] s_text = [.. "tcplens.states{\"ESTABLISHED\":80}"u8];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(50_000)]
    [InlineData(Limit)]
    public async Task What_is_sent_arrives_plain_and_compressed(int length)
    {
        byte[] data = new byte[length];
        new Random(length).NextBytes(data.AsSpan(0, length / 2));
        foreach (bool isCompressed in (bool[])[false, true])
        {
            var wire = new MemoryStream();
            await Packet.WriteAsync(wire, data, isCompressed, Cancel);
            Assert.Equal(isCompressed ? 3 : 1, wire.ToArray()[4]);
            wire.Position = 0;
            Assert.Equal(data, await Packet.ReadAsync(wire, Math.Max(Limit, (int)wire.Length), Cancel));
            Assert.Equal(wire.Length, wire.Position);
        }
    }

    [Theory]
    [InlineData(Packing.Protocol)]
    [InlineData(Packing.Protocol | Packing.Compressed)]
    [InlineData(Packing.Protocol | Packing.Large)]
    [InlineData(Packing.Protocol | Packing.Large | Packing.Compressed)]
    public async Task Every_packing_is_read_at_any_pace_and_is_truncated_wherever_it_is_cut(Packing packing)
    {
        byte[] packet = Pack(s_text, packing);
        Assert.Equal(s_text, await Packet.ReadAsync(new Trickle(packet), Limit, Cancel));
        for (int length = 1; length < packet.Length; length++)
            Assert.Equal(PacketFault.Truncated, await FaultOf(packet[..length]));
        Assert.Equal(PacketFault.Nothing, await FaultOf([]));
    }

    [Fact]
    public async Task Bytes_behind_the_packet_are_left_alone()
    {
        var wire = new Trickle([.. Pack(s_text, Packing.Protocol), .. "more"u8]);
        Assert.Equal(s_text, await Packet.ReadAsync(wire, Limit, Cancel));
        Assert.Equal(wire.Length - 4, wire.Position);
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(32u)]
    [InlineData(0xffff_ffffu)]
    public async Task Without_compression_the_reserved_field_means_nothing(uint reserved)
    {
        byte[] packet = Pack(s_text, Packing.Protocol);
        BinaryPrimitives.WriteUInt32LittleEndian(packet.AsSpan(9), reserved);
        Assert.Equal(s_text, await Packet.ReadAsync(new MemoryStream(packet), Limit, Cancel));
    }

    [Theory]
    [InlineData(Packing.Protocol, Limit + 1ul, 0ul)]
    [InlineData(Packing.Protocol, 0xffff_fffful, 0ul)]
    [InlineData(Packing.Protocol | Packing.Compressed, 10ul, Limit + 1ul)]
    [InlineData(Packing.Protocol | Packing.Compressed, Limit + 1ul, 10ul)]
    [InlineData(Packing.Protocol | Packing.Large, ulong.MaxValue, 0ul)]
    [InlineData(Packing.Protocol | Packing.Large, 1ul << 63, 0ul)]
    [InlineData(Packing.Protocol | Packing.Large | Packing.Compressed, 10ul, ulong.MaxValue)]
    public async Task A_length_above_the_limit_is_refused_by_the_header_alone(Packing packing, ulong length, ulong reserved)
    {
        var header = new PacketHeader(packing, length, reserved);
        byte[] packet = new byte[header.Bytes + 100];
        header.Write(packet);
        var wire = new Trickle(packet);
        Assert.Equal(PacketFault.TooLong, (await Assert.ThrowsAsync<PacketException>(async () => await Packet.ReadAsync(wire, Limit, Cancel))).Fault);
        Assert.Equal(header.Bytes, wire.Given);
    }

    [Fact]
    public async Task A_bomb_goes_no_further_than_its_header_says()
    {
        byte[] bomb = Compress(new byte[16 * 1024 * 1024]);
        Assert.True(bomb.Length < Limit);
        Assert.Equal(PacketFault.BadCompression, await FaultOf(Headed(bomb, Packing.Protocol | Packing.Compressed, 1000)));
        Assert.Equal(PacketFault.TooLong, await FaultOf(Headed(bomb, Packing.Protocol | Packing.Compressed, 16 * 1024 * 1024)));
        long before = GC.GetAllocatedBytesForCurrentThread();
        var reading = Packet.ReadAsync(new MemoryStream(Headed(bomb, Packing.Protocol | Packing.Compressed, Limit)), Limit, Cancel);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(PacketFault.BadCompression, (await Assert.ThrowsAsync<PacketException>(async () => await reading)).Fault);
        Assert.InRange(allocated, 0, 1024 * 1024);
    }

    [Fact]
    public async Task Memory_grows_with_what_has_come_and_not_with_what_is_promised()
    {
        byte[] packet = [.. Headed([], Packing.Protocol, 0), 1, 2, 3];
        BinaryPrimitives.WriteUInt32LittleEndian(packet.AsSpan(5), 1 << 30);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var reading = Packet.ReadAsync(new MemoryStream(packet), int.MaxValue, Cancel);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(PacketFault.Truncated, (await Assert.ThrowsAsync<PacketException>(async () => await reading)).Fault);
        Assert.InRange(allocated, 0, 1024 * 1024);
    }

    [Fact]
    public async Task Compressed_data_must_be_as_long_as_it_says_and_zlib_at_all()
    {
        byte[] packed = Compress(s_text);
        Assert.Equal(PacketFault.BadCompression, await FaultOf(Headed(packed, Packing.Protocol | Packing.Compressed, s_text.Length - 1)));
        Assert.Equal(PacketFault.BadCompression, await FaultOf(Headed(packed, Packing.Protocol | Packing.Compressed, s_text.Length + 1)));
        Assert.Equal(PacketFault.BadCompression, await FaultOf(Headed(s_text, Packing.Protocol | Packing.Compressed, s_text.Length)));
        Assert.Equal(PacketFault.BadCompression, await FaultOf(Headed([], Packing.Protocol | Packing.Compressed, 5)));
        // The last six bytes are the mark of the end and the checksum: without them the data is whole.
        for (int length = 1; length < packed.Length - 6; length++)
            Assert.Equal(PacketFault.BadCompression, await FaultOf(Headed(packed[..length], Packing.Protocol | Packing.Compressed, s_text.Length)));
        packed[^1] ^= 1;
        Assert.Equal(PacketFault.BadCompression, await FaultOf(Headed(packed, Packing.Protocol | Packing.Compressed, s_text.Length)));
    }

    [Fact]
    public async Task Data_that_needs_a_preset_dictionary_cannot_be_decompressed() =>
        Assert.Equal(PacketFault.BadCompression, await FaultOf(Headed([0x78, 0xbb, 1, 2, 3, 4, .. Compress(s_text).AsSpan(2)], Packing.Protocol | Packing.Compressed, s_text.Length)));

    [Fact]
    public async Task Another_protocol_is_known_by_its_first_five_bytes()
    {
        // The peer waits for an answer and sends no sixth byte.
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync("agent"u8.ToArray(), Cancel);
        var fault = await Assert.ThrowsAsync<PacketException>(async () => await Packet.ReadAsync(pipe.Reader.AsStream(), Limit, Cancel));
        Assert.Equal(PacketFault.NotZabbix, fault.Fault);
    }

    [Fact]
    public async Task Waiting_ends_when_the_caller_says_so()
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(Pack(s_text, Packing.Protocol).AsMemory(0, 20), Cancel);
        var reading = Packet.ReadAsync(pipe.Reader.AsStream(), Limit, end.Token).AsTask();
        Assert.False(reading.IsCompleted);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    private static async Task<PacketFault> FaultOf(byte[] bytes) =>
        (await Assert.ThrowsAsync<PacketException>(async () => await Packet.ReadAsync(new Trickle(bytes), Limit, Cancel))).Fault;

    private static byte[] Pack(byte[] data, Packing packing) =>
        packing.HasFlag(Packing.Compressed) ? Headed(Compress(data), packing, data.Length) : Headed(data, packing, 0);

    private static byte[] Headed(byte[] data, Packing packing, int reserved)
    {
        var header = new PacketHeader(packing, (ulong)data.Length, (ulong)reserved);
        byte[] packet = new byte[header.Bytes + data.Length];
        header.Write(packet);
        data.CopyTo(packet.AsSpan(header.Bytes));
        return packet;
    }

    private static byte[] Compress(byte[] data)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(data);
        return packed.ToArray();
    }
}
