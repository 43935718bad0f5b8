using TcpLens.Core.Model;
using TcpLens.Linux.Bpf;
using Xunit;

namespace TcpLens.UnitTests.Bpf;

/// <summary>What a row of the walk means.</summary>
public sealed class WalkRows
{
    [Theory]
    [InlineData(0x01, TcpState.Established, SocketFamily.IPv4, false, false, false)]
    [InlineData(0x11, TcpState.Established, SocketFamily.IPv6, false, false, false)]
    [InlineData(0x31, TcpState.Established, SocketFamily.IPv6, true, false, false)]
    [InlineData(0x46, TcpState.TimeWait, SocketFamily.IPv4, false, true, false)]
    [InlineData(0x45, TcpState.FinWait2, SocketFamily.IPv4, false, true, false)]
    [InlineData(0x0c, TcpState.SynRecv, SocketFamily.IPv4, false, false, true)]
    [InlineData(0x83, TcpState.SynRecv, SocketFamily.IPv4, false, false, true)]
    public void A_kind_tells_state_family_and_what_the_kernel_keeps(int kind, TcpState state, SocketFamily family, bool isMapped, bool isMini, bool isRequest)
    {
        Assert.True(WalkRow.TryKind(kind, out var socket));
        Assert.Equal((state, family, isMapped, isMini, isRequest), (socket.State, socket.Family, socket.IsV4Mapped, socket.IsMini, socket.IsRequest));
    }

    [Theory]
    [InlineData(0x05, 0)]
    [InlineData(0x85, 1)]
    [InlineData(0x45, 1)]
    public void FIN_WAIT2_that_no_process_holds_is_counted_apart(int kind, int orphans)
    {
        Assert.True(WalkRow.TryKind(kind, out var socket));
        var census = new Census();
        census.Add(socket, 1);
        Assert.Equal(orphans, census.ToCounts().OrphanFinWait2);
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0x0d)]
    [InlineData(0x0f)]
    public void A_state_that_there_is_not_is_refused(int kind) => Assert.False(WalkRow.TryKind(kind, out _));

    [Fact]
    public void A_row_tells_both_ends_and_with_its_details_all_the_rest()
    {
        byte[] row = new byte[WalkLayout.RowSize];
        row[0] = 9;
        row[8] = 0x01;
        BitConverter.TryWriteBytes(row.AsSpan(10), (ushort)443);
        row[12] = 0x12;
        row[13] = 0x34;
        (row[14], row[15]) = ((byte)SocketTimer.Retransmit, 7);
        byte[] local = [192, 0, 2, 1], remote = [198, 51, 100, 7];
        local.CopyTo(row, 16);
        remote.CopyTo(row, 32);
        uint[] numbers = [3, 128, 1000, 77];
        for (int i = 0; i < numbers.Length; i++)
            BitConverter.TryWriteBytes(row.AsSpan(48 + (i * sizeof(uint))), numbers[i]);
        BitConverter.TryWriteBytes(row.AsSpan(64), 55ul);
        BitConverter.TryWriteBytes(row.AsSpan(72), -4L);
        Assert.True(WalkRow.TryParse(row, out var plain));
        Assert.Equal(9ul, WalkRow.Namespace(row));
        Assert.Equal("192.0.2.1:443 198.51.100.7:4660", $"{plain.Local} {plain.Remote}");
        Assert.Equal((0u, WalkRow.SomeInode, SocketTimer.None), (plain.ReceiveQueue, plain.Inode, plain.Timer));
        row[9] = 0x01;
        Assert.True(WalkRow.TryParse(row, out var detailed));
        Assert.Equal((3u, 128u, 1000u, 77u, 55ul), (detailed.ReceiveQueue, detailed.SendQueue, detailed.UserId, detailed.Inode, detailed.CgroupId));
        Assert.Equal((SocketTimer.Retransmit, (byte)7, 0u), (detailed.Timer, detailed.Retransmits, detailed.TimerMilliseconds));
    }
}
