using TcpLens.Core.Model;

namespace TcpLens.Core.Explain.Pages;

internal static class FinWait2Page
{
    public static StatePage Page { get; } = new()
    {
        State = TcpState.FinWait2,
        WhatItIs = new(
            "This side has closed and the peer has confirmed; the peer has not closed yet. Two kinds. Orphaned: the program called close(), "
            + "the kernel alone keeps a small record. Owned: the program called shutdown(SHUT_WR) and may still read.",
            "本端已关闭，对端已确认，但对端还没有关闭。有两种。孤儿：程序已 close()，只由内核保留一条小记录。有主：程序只是"
            + " shutdown(SHUT_WR)，还可以读。"),
        Entered = new("From FIN_WAIT1: the ACK of our FIN arrives.", "在 FIN_WAIT1 时收到对 FIN 的 ACK。"),
        Left = new(
            "The peer's FIN: ACK goes out, TIME_WAIT. RST: gone. Orphaned also by tcp_fin_timeout, silently, and by data of the peer, which is answered with RST.",
            "收到对端的 FIN：发出 ACK，进入 TIME_WAIT。收到 RST：消失。孤儿还会因 tcp_fin_timeout 到期而静默消失；再收到数据则回 RST。"),
        Peer = new("CLOSE_WAIT: its program has not called close().", "CLOSE_WAIT：对端程序没有调用 close()。"),
        Lasts = new(
            "Orphaned: tcp_fin_timeout = {tcp_fin_timeout} s (TCP_LINGER2 sets it per socket). Owned: no limit; the kernel waits as long as "
            + "the program holds the socket.",
            "孤儿：tcp_fin_timeout = {tcp_fin_timeout} 秒（TCP_LINGER2 可按套接字设置）。有主：没有期限，程序持有多久就等多久。"),
        ManyMean = new(
            "Orphaned: closes per second x tcp_fin_timeout, with peers that do not close; they have the CLOSE_WAIT. Owned and growing: a "
            + "program half-closes and reads without a timeout; proxies do this.",
            "孤儿多：每秒关闭数 × tcp_fin_timeout，对端迟迟不关（对端那里是 CLOSE_WAIT）。有主的一直增长：程序半关闭之后无超时地读，代理程序常见。"),
        ManyDoNotMean = new(
            "Not a danger to the kernel, and not a leak of memory: an orphaned one is as small as a TIME_WAIT.",
            "不会危及内核，也不是内存泄漏：孤儿 FIN_WAIT2 和 TIME_WAIT 一样小。"),
        LookNext =
        [
            new("tcplens list 'state:fin_wait2'", new("orphaned or owned, which peers", "孤儿还是有主，对端是哪些")),
            new("ss -tnpo state fin-wait-2", new("a process: owned; timewait: orphaned", "有进程即有主；timewait 即孤儿")),
            new("cat /proc/net/sockstat", new("tw counts orphaned FIN_WAIT2 too", "tw 也包含孤儿 FIN_WAIT2")),
        ],
        OftenSaid =
        [
            new(
                new("Many FIN_WAIT2 crash the kernel.", "FIN_WAIT2 太多会让内核崩溃。"),
                new(
                    "No. Orphaned ones fall under tcp_max_tw_buckets = {tcp_max_tw_buckets}; beyond it they are dropped (TCPTimeWaitOverflow). "
                    + "Full orphans fall under tcp_max_orphans and are reset.",
                    "不会。孤儿受 tcp_max_tw_buckets = {tcp_max_tw_buckets} 限制，超出的直接丢弃（TCPTimeWaitOverflow）；完整的孤儿套接字受"
                    + " tcp_max_orphans 限制，超出的被重置。")),
            new(
                new("FIN_WAIT2 never ends. Or: tcp_fin_timeout always ends it.", "FIN_WAIT2 永远不会结束；或：tcp_fin_timeout 总会结束它。"),
                new(
                    "tcp_fin_timeout ends the orphaned; owned ones wait for their program, for ever if need be.",
                    "tcp_fin_timeout 只结束孤儿；有主的要等它的程序，可以一直等下去。")),
            new(
                new("tcp_fin_timeout is the length of TIME_WAIT.", "tcp_fin_timeout 就是 TIME_WAIT 的时长。"),
                new("It is not: TIME_WAIT lasts 60 s whatever it says.", "不是：无论它是多少，TIME_WAIT 都是 60 秒。")),
        ],
        Sources =
        [
            "RFC 9293, 3.6, 3.6.1; tcp(7) TCP_LINGER2",
            "Linux: Documentation/networking/ip-sysctl.rst tcp_fin_timeout; net/ipv4/tcp.c tcp_close(); net/ipv4/tcp_minisocks.c",
            "https://github.com/kubernetes/kubernetes/issues/17641 (owned, for hours)",
        ],
    };
}
