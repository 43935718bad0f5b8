using System.Text;
using CsCheck;
using TcpLens.Core.Model;
using TcpLens.Core.Sources;
using TcpLens.Linux.ProcNet;
using Xunit;

namespace TcpLens.UnitTests.ProcNet;

public sealed class ProcTcpLines
{
    private const string Heading = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
    private const string Line4 = "   0: 0100007F:1F90 0200000A:C001 08 00000001:0000000A 02:000004D2 00000003  1000        0 12345 2 0000000000000000 20 4 30 10 -1";
    private const string Mapped = "   1: 0000000000000000FFFF00000100007F:0050 0000000000000000FFFF00000200000A:C001 01 00000000:00000000 00:00000000 00000000     0        0 7 1 0";

    [Fact]
    public void A_line_of_tcp_is_read_in_full()
    {
        Assert.True(ProcTcpLine.TryParse(Encoding.ASCII.GetBytes(Line4), SocketFamily.IPv4, out var socket));
        Assert.Equal("127.0.0.1:8080", socket.Local.ToString());
        Assert.Equal("10.0.0.2:49153", socket.Remote.ToString());
        Assert.Equal(TcpState.CloseWait, socket.State);
        Assert.Equal((1u, 10u), (socket.SendQueue, socket.ReceiveQueue));
        Assert.Equal((SocketTimer.KeepAlive, 12340u), (socket.Timer, socket.TimerMilliseconds));
        Assert.Equal((byte)3, socket.Retransmits);
        Assert.Equal((1000u, 12345u), (socket.UserId, socket.Inode));
        Assert.False(socket.IsV4Mapped);
    }

    [Fact]
    public void A_line_of_tcp6_that_carries_IPv4_is_v4_mapped()
    {
        Assert.True(ProcTcpLine.TryParse(Encoding.ASCII.GetBytes(Mapped), SocketFamily.IPv6, out var socket));
        Assert.Equal("127.0.0.1:80", socket.Local.ToString());
        Assert.True(socket.IsV4Mapped);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   0:")]
    [InlineData("   0: 0100007F:1F90 0200000A:C001 08")]
    [InlineData("   0: 0100007F:1F90 0200000A:C001 0C 00000001:0000000A 02:000004D2 00000003  1000        0 12345")]
    [InlineData("   0: 0100007F:1F90 0200000A:C001 08 00000001:0000000A 02:000004D2 00000003  99999999999        0 12345")]
    [InlineData("   0: 0100007G:1F90 0200000A:C001 08 00000001:0000000A 02:000004D2 00000003  1000        0 12345")]
    [InlineData("   0: 0100007F1F90 0200000A:C001 08 00000001:0000000A 02:000004D2 00000003  1000        0 12345")]
    public void What_is_no_line_is_refused(string line) =>
        Assert.False(ProcTcpLine.TryParse(Encoding.ASCII.GetBytes(line), SocketFamily.IPv4, out _));

    [Fact]
    public void The_table_may_come_in_pieces_of_any_size()
    {
        string text = Heading + string.Concat(Enumerable.Repeat(Line4 + "\n", 5));
        for (int piece = 1; piece < 200; piece += 7)
        {
            var census = new Census();
            var table = new ProcTcpTable(SocketFamily.IPv4, StateMask.All, census);
            foreach (byte[] part in Encoding.ASCII.GetBytes(text).Chunk(piece))
                table.Take(part);
            Assert.True(table.IsWhole);
            Assert.Equal(0, table.BadRows);
            Assert.Equal(5, census.ToCounts()[TcpState.CloseWait]!.Value.Ipv4);
        }
    }

    [Fact]
    public void A_table_that_ends_in_the_middle_of_a_line_is_not_whole()
    {
        var table = new ProcTcpTable(SocketFamily.IPv4, StateMask.All, new Census());
        table.Take(Encoding.ASCII.GetBytes(Heading + Line4[..40]));
        Assert.False(table.IsWhole);
    }

    [Fact]
    public void A_table_without_heading_is_not_whole()
    {
        var table = new ProcTcpTable(SocketFamily.IPv4, StateMask.All, new Census());
        table.Take(Encoding.ASCII.GetBytes(Line4 + "\n"));
        Assert.False(table.IsWhole);
    }

    [Fact]
    public void States_that_were_not_asked_for_are_passed_over()
    {
        var census = new Census();
        var table = new ProcTcpTable(SocketFamily.IPv4, default(StateMask).With(TcpState.Listen), census);
        table.Take(Encoding.ASCII.GetBytes(Heading + Line4 + "\n"));
        Assert.Equal(0, census.ToCounts().Sum.Total);
    }

    [Fact]
    public void Random_and_broken_bytes_never_throw() => Gen.Byte.Array[0, 400].Sample(
        bytes =>
        {
            _ = ProcTcpLine.TryParse(bytes, SocketFamily.IPv6, out _);
            var table = new ProcTcpTable(SocketFamily.IPv4, StateMask.All, new Census());
            table.Take(bytes);
            return true;
        },
        iter: 5_000);

    [Fact]
    public void A_line_with_one_changed_byte_is_a_socket_or_refused() => Gen.Select(Gen.Int[0, Line4.Length - 1], Gen.Byte).Sample(
        (at, value) =>
        {
            byte[] line = Encoding.ASCII.GetBytes(Line4);
            line[at] = value;
            if (ProcTcpLine.TryParse(line, SocketFamily.IPv4, out var socket))
                Assert.True(TcpStates.IsKnown((int)socket.State));
        },
        iter: 5_000);

    [Fact]
    public void Without_tcp6_nothing_is_missing()
    {
        string directory = Directory.CreateTempSubdirectory("tcplens").FullName;
        try
        {
            File.WriteAllText(Path.Combine(directory, "tcp"), Heading + Line4 + "\n");
            var census = new Census();
            using var source = new ProcNetSource(directory);
            var pass = source.Read(StateMask.All, census);
            Assert.Equal(Completeness.Complete, pass.Completeness);
            Assert.NotNull(pass.CloseUnseen);
            Assert.Equal(1, census.ToCounts()[TcpState.CloseWait]!.Value.Total);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public void Without_proc_the_reason_says_what_to_look_at()
    {
        using var source = new ProcNetSource("/nonexistent/net");
        var refusal = Assert.Throws<SourceUnavailableException>(() => source.Read(StateMask.All, new Census()));
        Assert.Contains("/proc mounted", refusal.Reason.English, StringComparison.Ordinal);
    }
}
