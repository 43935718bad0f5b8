using TcpLens.Core.Model;

namespace TcpLens.Core.Explain.Pages;

internal static class LastAckPage
{
    public static StatePage Page { get; } = new()
    {
        State = TcpState.LastAck,
        WhatItIs = new(
            "The peer closed first, then our program did. Our FIN is out; only its ACK is missing. After it nothing is left: there is no TIME_WAIT on this side.",
            "对端先关闭，然后本端程序也关闭了。FIN 已发出，只差对它的 ACK。收到后什么也不留：这一端没有 TIME_WAIT。"),
        Entered = new(
            "From CLOSE_WAIT by close(), shutdown(SHUT_WR) or the end of the process: a FIN is queued.",
            "在 CLOSE_WAIT 时 close()、shutdown(SHUT_WR) 或进程退出：FIN 排入发送队列。"),
        Left = new("ACK of our FIN, RST, or no more retries: gone.", "收到对 FIN 的 ACK、收到 RST，或重传用尽：消失。"),
        Peer = new(
            "FIN_WAIT2 until our FIN arrives, then TIME_WAIT. If it has given up meanwhile it answers RST, which ends ours too.",
            "FIN 到达前是 FIN_WAIT2，到达后是 TIME_WAIT。如果它已放弃，会回 RST，本端也随之结束。"),
        Lasts = new(
            "One round trip. Unanswered at least {orphan_seconds} s: tcp_orphan_retries = {tcp_orphan_retries} (0 acts as 8).",
            "一个往返时间。没有应答时至少 {orphan_seconds} 秒：tcp_orphan_retries = {tcp_orphan_retries}（0 等同 8）。"),
        ManyMean = new(
            "Peers that do not answer at all any more: switched off, out of reach, or a NAT or firewall between has forgotten the "
            + "connection. Or a burst of late close() after a CLOSE_WAIT leak. Or data before the FIN that the peer does not take (Send-Q above 1).",
            "对端完全不再应答：已关机、不可达，或中间的 NAT、防火墙已删除会话。或 CLOSE_WAIT 泄漏之后集中补做 close()。或 FIN 之前还有对端不收的数据"
            + "（Send-Q 大于 1）。"),
        ManyDoNotMean = new("Not a program that forgets to close: it has closed.", "不代表程序忘了关闭：它已经关了。"),
        LookNext =
        [
            new("tcplens list 'state:last_ack'", new("the same peer or network?", "是否同一对端或网段")),
            new("ss -tno state last-ack", new("timer, retransmissions, Send-Q", "定时器、重传次数、Send-Q")),
            new("sysctl net.ipv4.tcp_orphan_retries", new("how often the FIN is repeated", "FIN 重传多少次")),
        ],
        OftenSaid =
        [
            new(
                new("LAST_ACK becomes TIME_WAIT.", "LAST_ACK 之后是 TIME_WAIT。"),
                new(
                    "TIME_WAIT belongs to the side that closed first. From LAST_ACK a socket is simply gone.",
                    "TIME_WAIT 属于先关闭的一端。LAST_ACK 之后套接字直接消失。")),
            new(
                new("tcp_fin_timeout ends LAST_ACK.", "tcp_fin_timeout 会结束 LAST_ACK。"),
                new("The retries of the FIN do: tcp_orphan_retries.", "结束它的是 FIN 的重传次数：tcp_orphan_retries。")),
        ],
        Sources =
        [
            "RFC 9293, 3.6, 3.10.7.4",
            "Linux: Documentation/networking/ip-sysctl.rst tcp_orphan_retries; net/ipv4/tcp_timer.c, tcp_input.c tcp_rcv_state_process()",
        ],
    };
}
