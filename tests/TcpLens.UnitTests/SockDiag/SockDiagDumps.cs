using System.Runtime.InteropServices;
using TcpLens.Core.Model;
using TcpLens.Core.Sources;
using TcpLens.Linux.Interop;
using TcpLens.Linux.SockDiag;
using Xunit;

namespace TcpLens.UnitTests.SockDiag;

public sealed class SockDiagDumps
{
    private static readonly Version s_new = new(6, 8);

    [Fact]
    public void Every_state_and_family_is_counted_across_datagrams()
    {
        var kernel = new FakeKernel();
        for (byte state = 1; state <= 11; state++)
            kernel.Socket(state, family: 2).End().Socket(state, family: 10);
        var (pass, counts) = Read(kernel.Done());
        Assert.Equal(Completeness.Complete, pass.Completeness);
        foreach (var info in TcpStates.All)
            Assert.Equal(new StateCount(1, 1, 0), counts[info.State]);
    }

    [Fact]
    public void Half_open_requests_are_SYN_RECV_and_bound_sockets_CLOSE()
    {
        var (_, counts) = Read(new FakeKernel().Socket(12).Socket(13).Done());
        Assert.Equal(1, counts[TcpState.SynRecv]!.Value.Total);
        Assert.Equal(1, counts[TcpState.Close]!.Value.Total);
    }

    [Fact]
    public void A_longer_structure_than_we_know_is_read_as_far_as_we_know_it()
    {
        var (pass, counts) = Read(new FakeKernel().Socket(1, length: InetDiagMessage.Size + 48).Done());
        Assert.Equal(Completeness.Complete, pass.Completeness);
        Assert.Equal(1, counts[TcpState.Established]!.Value.Total);
    }

    [Fact]
    public void A_shorter_structure_makes_the_pass_partial()
    {
        var (pass, _) = Read(new FakeKernel().Socket(1, length: InetDiagMessage.Size - 4).Socket(1).Done());
        Assert.Equal(Completeness.Partial, pass.Completeness);
        Assert.Equal(1, pass.BadRows);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(14)]
    [InlineData(255)]
    public void A_state_that_does_not_exist_is_not_counted(byte state)
    {
        var (pass, counts) = Read(new FakeKernel().Socket(state).Done());
        Assert.Equal(1, pass.BadRows);
        Assert.Equal(0, counts.Sum.Total);
    }

    [Fact]
    public void Dump_interrupted_marks_the_pass_interrupted()
    {
        var (pass, counts) = Read(new FakeKernel().Socket(1).Socket(1, flags: NetlinkNumbers.NLM_F_DUMP_INTR).Done());
        Assert.Equal(Completeness.Interrupted, pass.Completeness);
        Assert.Equal(2, counts[TcpState.Established]!.Value.Total);
    }

    [Fact]
    public void Interrupted_on_the_final_message_is_noticed_too() =>
        Assert.Equal(Completeness.Interrupted, Read(new FakeKernel().Socket(1).Done(flags: NetlinkNumbers.NLM_F_DUMP_INTR)).Pass.Completeness);

    [Theory]
    [InlineData((int)Errno.ENOBUFS, "ENOBUFS")]
    [InlineData((int)Errno.EAGAIN, "5 seconds")]
    [InlineData((int)Errno.EIO, "EIO")]
    public void A_failure_in_the_middle_truncates_the_pass(int error, string words)
    {
        var (pass, _) = Read(new FakeKernel().Socket(1).Fail((Errno)error));
        Assert.Equal(Completeness.Truncated, pass.Completeness);
        Assert.Contains(words, pass.Reason!.Value.English, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dump_that_ends_with_an_error_is_truncated()
    {
        var (pass, _) = Read(new FakeKernel().Socket(1).Done(error: -(int)Errno.ENOMEM));
        Assert.Equal(Completeness.Truncated, pass.Completeness);
        Assert.Contains("ENOMEM", pass.Reason!.Value.English, StringComparison.Ordinal);
    }

    [Fact]
    public void A_positive_number_in_the_final_message_is_no_error() =>
        Assert.Equal(Completeness.Complete, Read(new FakeKernel().Socket(1).Done(error: 12)).Pass.Completeness);

    [Fact]
    public void An_overrun_message_truncates_the_pass() =>
        Assert.Equal(Completeness.Truncated, Read(new FakeKernel().Socket(1).Message(NetlinkNumbers.NLMSG_OVERRUN, 0, []).End()).Pass.Completeness);

    [Fact]
    public void A_datagram_larger_than_the_buffer_truncates_the_pass()
    {
        var kernel = new FakeKernel();
        for (int i = 0; i < 1000; i++)
            kernel.Socket(1);
        Assert.Equal(Completeness.Truncated, Read(kernel.Done()).Pass.Completeness);
    }

    [Fact]
    public void A_message_that_claims_more_than_there_is_truncates_the_pass() =>
        Assert.Equal(Completeness.Truncated, Read(new FakeKernel().Socket(1).Raw(0xff, 0xff, 0, 0, 20, 0, 0, 0).End()).Pass.Completeness);

    [Fact]
    public void Messages_of_another_request_are_not_ours()
    {
        var kernel = new FakeKernel { Sequence = 99 }.Socket(1).Done(error: -(int)Errno.EIO);
        kernel.Sequence = 1;
        var (pass, counts) = Read(kernel.Socket(10).Done());
        Assert.Equal(Completeness.Complete, pass.Completeness);
        Assert.Equal(1, counts.Sum.Total);
    }

    [Theory]
    [InlineData((int)Errno.EACCES, "SELinux")]
    [InlineData((int)Errno.EOPNOTSUPP, "modprobe tcp_diag")]
    [InlineData((int)Errno.ENOENT, "modprobe tcp_diag")]
    public void A_refusal_says_what_to_do(int error, string remedy)
    {
        var refusal = Assert.Throws<SourceUnavailableException>(() => Read(new FakeKernel().Error(-error)));
        Assert.Contains(remedy, refusal.Reason.English, StringComparison.Ordinal);
        Assert.Contains(((Errno)error).ToString(), refusal.Reason.Chinese, StringComparison.Ordinal);
    }

    [Fact]
    public void The_kernels_own_words_reach_the_user()
    {
        var refusal = Assert.Throws<SourceUnavailableException>(() => Read(new FakeKernel().Error(-(int)Errno.EINVAL, "No such protocol")));
        Assert.Contains("EINVAL: No such protocol", refusal.Reason.English, StringComparison.Ordinal);
    }

    [Fact]
    public void A_denied_send_is_a_refusal() =>
        Assert.Throws<SourceUnavailableException>(() => Read(new FakeKernel { SendError = Errno.EPERM }));

    [Fact]
    public void The_transport_is_closed_whatever_happens()
    {
        var kernel = new FakeKernel().Error(-(int)Errno.EPERM);
        Assert.Throws<SourceUnavailableException>(() => Read(kernel));
        Assert.True(kernel.IsDisposed);
    }

    [Fact]
    public void A_sink_that_has_seen_enough_ends_the_reading()
    {
        var sink = new FirstOnly();
        using var source = Source(new FakeKernel().Socket(1).Socket(1).Socket(1).End());
        var pass = source.Read(StateMask.All, sink);
        Assert.Equal(1, sink.Seen);
        Assert.Equal(Completeness.Complete, pass.Completeness);
    }

    [Fact]
    public void CLOSE_is_unseen_before_Linux_6_8_and_not_zero()
    {
        using var source = new SockDiagSource(() => new FakeKernel().Socket(1).Done(), new Version(6, 1));
        var census = new Census();
        var pass = source.Read(StateMask.All, census);
        Assert.Contains("6.1", pass.CloseUnseen!.Value.English, StringComparison.Ordinal);
        Assert.Null(census.ToCounts(pass.CloseUnseen)[TcpState.Close]);
    }

    [Fact]
    public void An_older_kernel_that_does_tell_bound_sockets_is_believed()
    {
        using var source = new SockDiagSource(() => new FakeKernel().Socket(7).Done(), new Version(5, 14));
        Assert.Null(source.Read(StateMask.All, new Census()).CloseUnseen);
    }

    [Fact]
    public void The_request_asks_for_all_states_and_bound_sockets_in_one_walk()
    {
        var kernel = new FakeKernel().Done();
        Read(kernel);
        Assert.Equal(InetDiagRequest.Size, kernel.Request.Length);
        Assert.Equal(NetlinkNumbers.TCPDIAG_GETSOCK, MemoryMarshal.Read<ushort>(kernel.Request.AsSpan(4)));
        Assert.Equal(0x2ffeu, MemoryMarshal.Read<uint>(kernel.Request.AsSpan(NetlinkHeader.Size + InetDiagRequest.StatesOffset)));
    }

    [Fact]
    public void Only_the_wanted_states_are_asked_for()
    {
        Span<byte> request = stackalloc byte[InetDiagRequest.Size];
        InetDiagRequest.Write(request, default(StateMask).With(TcpState.Listen), 1);
        Assert.Equal(1u << 10, MemoryMarshal.Read<uint>(request[(NetlinkHeader.Size + InetDiagRequest.StatesOffset)..]));
    }

    [Theory]
    [InlineData(9_000u, 7_000u, 7_000u)]
    [InlineData(3u, 9_000u, 3u)]
    public void How_long_a_connection_is_silent_is_asked_for_by_those_who_look_at_it(uint sent, uint received, uint idle)
    {
        byte[] body = [.. FakeKernel.SocketBody(1, 2, 80, 4000), .. Attribute(NetlinkNumbers.INET_DIAG_INFO, Info(sent, received)), .. Attribute(NetlinkNumbers.INET_DIAG_CGROUP_ID, BitConverter.GetBytes(77UL))];
        var kernel = new FakeKernel().Message(NetlinkNumbers.TCPDIAG_GETSOCK, 0, body).Done();
        using var source = Source(kernel);
        var sink = new IdleOnly();
        source.Read(StateMask.All, sink);
        Assert.Equal((idle, 77UL), (sink.Seen.IdleMilliseconds, sink.Seen.CgroupId));
        Assert.Equal(2, kernel.Request[NetlinkHeader.Size + InetDiagRequest.ExtensionsOffset]);
    }

    [Fact]
    public void Who_does_not_look_at_it_does_not_pay_for_it()
    {
        var kernel = new FakeKernel().Done();
        Read(kernel);
        Assert.Equal(0, kernel.Request[NetlinkHeader.Size + InetDiagRequest.ExtensionsOffset]);
    }

    [Fact]
    public void A_shorter_structure_of_an_older_kernel_tells_nothing()
    {
        byte[] body = [.. FakeKernel.SocketBody(1, 2, 80, 4000), .. Attribute(NetlinkNumbers.INET_DIAG_INFO, Info(1, 1)[..52])];
        using var source = Source(new FakeKernel().Message(NetlinkNumbers.TCPDIAG_GETSOCK, 0, body).Done());
        var sink = new IdleOnly();
        source.Read(StateMask.All, sink);
        Assert.Null(sink.Seen.IdleMilliseconds);
    }

    [Fact]
    public void Nothing_is_allocated_per_socket()
    {
        long small = AllocatedFor(10);
        long large = AllocatedFor(5_000);
        Assert.True(large - small < 5_000, $"{small} bytes for 10 sockets, {large} for 5,000");
    }

    private static long AllocatedFor(int sockets)
    {
        var kernel = new FakeKernel();
        for (int i = 0; i < sockets; i++)
        {
            kernel.Socket(1);
            if (i % 100 == 99)
                kernel.End();
        }

        kernel.Done();
        using var source = Source(kernel);
        var census = new Census();
        long before = GC.GetAllocatedBytesForCurrentThread();
        source.Read(StateMask.All, census);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static (Pass Pass, StateCounts Counts) Read(FakeKernel kernel)
    {
        using var source = Source(kernel);
        var census = new Census();
        var pass = source.Read(StateMask.All, census);
        return (pass, census.ToCounts(pass.CloseUnseen));
    }

    private static SockDiagSource Source(FakeKernel kernel) => new(() => kernel, s_new);

    private static byte[] Attribute(ushort type, byte[] value) => [.. BitConverter.GetBytes((ushort)(4 + value.Length)), .. BitConverter.GetBytes(type), .. value];

    // struct tcp_info as far as it is looked at, with what follows.
    private static byte[] Info(uint sent, uint received)
    {
        byte[] info = new byte[104];
        BitConverter.TryWriteBytes(info.AsSpan(InetDiagMessage.LastDataSentOffset), sent);
        BitConverter.TryWriteBytes(info.AsSpan(InetDiagMessage.LastDataReceivedOffset), received);
        return info;
    }

    private sealed class IdleOnly : ISocketSink
    {
        public SocketDetail Detail => SocketDetail.Idle;

        public SocketRecord Seen { get; private set; }

        public bool Take(in SocketRecord socket)
        {
            Seen = socket;
            return true;
        }
    }

    private sealed class FirstOnly : ISocketSink
    {
        public int Seen { get; private set; }

        public bool Take(in SocketRecord socket)
        {
            Seen++;
            return false;
        }
    }
}
