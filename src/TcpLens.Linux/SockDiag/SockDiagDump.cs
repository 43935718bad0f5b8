using TcpLens.Core.Model;
using TcpLens.Core.Sources;
using TcpLens.Core.Text;
using TcpLens.Linux.Interop;

namespace TcpLens.Linux.SockDiag;

/// <summary>One dump while it runs: takes datagrams, hands their sockets to the sink, and knows whether the kernel told everything.</summary>
internal struct SockDiagDump(ISocketSink sink, uint sequence)
{
    private int _rows;
    private int _badRows;
    private bool _interrupted;
    private Phrase? _cut;

    public bool IsOver { get; private set; }

    public bool SawClose { get; private set; }

    /// <summary>Takes one datagram of the dump. <paramref name="isCut"/>: it was longer than the buffer.</summary>
    /// <exception cref="SourceUnavailableException">The kernel refuses the request.</exception>
    public void Take(ReadOnlySpan<byte> datagram, bool isCut)
    {
        if (isCut)
            End(new Phrase("the kernel sent a datagram larger than the buffer", "内核发来的数据报超过了缓冲区"));
        var messages = new NetlinkReader(datagram);
        while (!IsOver && messages.TryNext(out var header, out var payload))
        {
            // An answer to an earlier request cannot be ours: every pass has a socket of its own.
            if (header.Sequence == sequence)
                Take(header, payload);
        }

        if (messages.IsMalformed && !IsOver)
            End(new Phrase("the kernel sent a malformed message", "内核发来的消息格式有误"));
    }

    /// <summary>Receiving failed in the middle of the dump.</summary>
    public void Break(Errno error)
    {
        var words = error switch
        {
            Errno.ENOBUFS => new Phrase("the kernel dropped a part of the dump (ENOBUFS)", "内核丢弃了部分数据（ENOBUFS）"),
            Errno.EAGAIN => new Phrase("the kernel did not answer within 5 seconds", "内核在 5 秒内没有应答"),
            _ => new Phrase("receiving from the kernel failed ({0})", "从内核接收数据失败（{0}）").With(error),
        };
        End(words);
    }

    public readonly Pass ToPass(Phrase? closeUnseen)
    {
        var pass = new Pass { CloseUnseen = closeUnseen, BadRows = _badRows };
        if (_cut is { } reason)
            return pass with { Completeness = Completeness.Truncated, Reason = reason };
        if (_interrupted)
        {
            return pass with
            {
                Completeness = Completeness.Interrupted,
                Reason = new Phrase("the socket table changed during the dump (NLM_F_DUMP_INTR)", "读取期间套接字表发生了变化（NLM_F_DUMP_INTR）"),
            };
        }

        if (_badRows == 0)
            return pass;
        var bad = new Phrase("{0} messages were not understood", "有 {0} 条消息无法解析").With(_badRows);
        return pass with { Completeness = Completeness.Partial, Reason = bad };
    }

    private void Take(NetlinkHeader header, ReadOnlySpan<byte> payload)
    {
        _interrupted |= header.IsDumpInterrupted;
        switch (header.Type)
        {
            case NetlinkNumbers.NLMSG_NOOP:
                break;
            case NetlinkNumbers.NLMSG_DONE:
                Finish(NetlinkFailure.ParseDone(header, payload));
                break;
            case NetlinkNumbers.NLMSG_ERROR:
                if (NetlinkFailure.TryParseError(header, payload, out var failure))
                    Finish(failure);
                else
                    _badRows++;
                break;
            case NetlinkNumbers.NLMSG_OVERRUN:
                End(new Phrase("the kernel lost a part of the dump (NLMSG_OVERRUN)", "内核丢失了部分数据（NLMSG_OVERRUN）"));
                break;
            default:
                TakeSocket(payload);
                break;
        }
    }

    private void TakeSocket(ReadOnlySpan<byte> payload)
    {
        if (!InetDiagMessage.TryParse(payload, out var socket))
        {
            _badRows++;
            return;
        }

        _rows++;
        SawClose |= socket.State == TcpState.Close;
        if (!sink.Take(socket))
            IsOver = true;
    }

    private void Finish(NetlinkFailure failure)
    {
        IsOver = true;
        if (failure.Error == Errno.None)
            return;
        if (_rows == 0)
            throw SockDiagRefusal.Of(failure);
        End(new Phrase("the kernel broke off the dump ({0})", "内核中途终止了读取（{0}）").With(failure));
    }

    private void End(Phrase reason)
    {
        IsOver = true;
        _cut = reason;
    }
}
