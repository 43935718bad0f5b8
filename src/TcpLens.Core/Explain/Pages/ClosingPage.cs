using TcpLens.Core.Model;

namespace TcpLens.Core.Explain.Pages;

internal static class ClosingPage
{
    public static StatePage Page { get; } = new()
    {
        State = TcpState.Closing,
        WhatItIs = new(
            "Both sides closed at the same moment: our FIN is out, and the peer's FIN has come before the ACK of ours.",
            "双方同时关闭：本端的 FIN 已发出，对它的 ACK 还没到，对端的 FIN 先到了。"),
        Entered = new(
            "From FIN_WAIT1: the peer's FIN arrives without the ACK of our FIN; the kernel answers ACK.",
            "在 FIN_WAIT1 时收到对端的 FIN，而它没有确认本端的 FIN；内核回应 ACK。"),
        Left = new(
            "The ACK of our FIN: TIME_WAIT. RST or no more retries: gone.",
            "收到对 FIN 的 ACK：TIME_WAIT。收到 RST 或重传用尽：消失。"),
        Peer = new(
            "CLOSING too, then TIME_WAIT. If our FIN was lost: FIN_WAIT1, or FIN_WAIT2 once it has our ACK.",
            "同样是 CLOSING，随后 TIME_WAIT。如果本端的 FIN 丢失：FIN_WAIT1，收到本端的 ACK 后为 FIN_WAIT2。"),
        Lasts = new(
            "One round trip. Unanswered as FIN_WAIT1: an orphan at least {orphan_seconds} s, tcp_orphan_retries = {tcp_orphan_retries} "
            + "(0 acts as 8).",
            "一个往返时间。没有应答时与 FIN_WAIT1 相同：孤儿至少 {orphan_seconds} 秒，tcp_orphan_retries = {tcp_orphan_retries}（0 等同 8）。"),
        ManyMean = new(
            "More than a handful for longer than ten seconds: packets to or from these peers get lost, for example in a firewall that "
            + "forgets a connection at its first FIN.",
            "多于几个并且持续十秒以上：与这些对端之间有丢包，例如防火墙一见到 FIN 就删除了会话。"),
        ManyDoNotMean = new(
            "A few for a moment are normal: in many protocols both sides close at the same event.",
            "偶尔出现几个是正常的：很多协议里双方会因同一事件同时关闭。"),
        LookNext =
        [
            new("tcplens list 'state:closing'", new("which peers", "对端是哪些")),
            new("ss -tno state closing", new("timer and retransmissions", "定时器和重传次数")),
            new("nstat -az TcpRetransSegs TcpExtTCPAbortOnTimeout", new("losses, given up", "重传和放弃的次数")),
        ],
        OftenSaid =
        [
            new(
                new("CLOSING counts all connections that are being closed.", "CLOSING 是所有正在关闭的连接。"),
                new(
                    "Only simultaneous closes. The usual way is FIN_WAIT1, FIN_WAIT2, TIME_WAIT here and CLOSE_WAIT, LAST_ACK there.",
                    "只是同时关闭这一种。通常的路径是：先关的一端 FIN_WAIT1、FIN_WAIT2、TIME_WAIT，后关的一端 CLOSE_WAIT、LAST_ACK。")),
            new(
                new("tcp_fin_timeout ends CLOSING.", "tcp_fin_timeout 会结束 CLOSING。"),
                new("The retries of the FIN do: tcp_orphan_retries.", "结束它的是 FIN 的重传次数：tcp_orphan_retries。")),
        ],
        Sources =
        [
            "RFC 9293, 3.6 (simultaneous close, figure 13), 3.10.7.4",
            "Linux: net/ipv4/tcp_input.c tcp_fin(), tcp_rcv_state_process(); net/ipv4/tcp_timer.c tcp_orphan_retries()",
        ],
    };
}
