using TcpLens.Core.Model;

namespace TcpLens.Core.Explain.Pages;

internal static class FinWait1Page
{
    public static StatePage Page { get; } = new()
    {
        State = TcpState.FinWait1,
        WhatItIs = new(
            "This side has closed; its FIN is not yet acknowledged. The FIN is on the way, lost, or still waits behind unsent data "
            + "(Send-Q 1: only the FIN; more: data too).",
            "本端已关闭，FIN 还没有得到确认：FIN 在途、丢失，或还排在未发出的数据后面（Send-Q 为 1：只剩 FIN；更大：还有数据）。"),
        Entered = new(
            "From ESTABLISHED by close(), shutdown(SHUT_WR) or the end of the process: a FIN is queued.",
            "在 ESTABLISHED 时 close()、shutdown(SHUT_WR) 或进程退出：FIN 排入发送队列。"),
        Left = new(
            "ACK of our FIN: FIN_WAIT2. The peer's FIN with that ACK: TIME_WAIT; without it: CLOSING. RST or no more retries: gone.",
            "收到对 FIN 的 ACK：FIN_WAIT2。同时收到对端的 FIN：TIME_WAIT。只收到对端的 FIN：CLOSING。收到 RST 或重传用尽：消失。"),
        Peer = new(
            "ESTABLISHED until our FIN arrives, then CLOSE_WAIT. Or vanished.",
            "FIN 到达前是 ESTABLISHED，到达后是 CLOSE_WAIT；也可能已经消失。"),
        Lasts = new(
            "One round trip. Unanswered, if the program has closed (an orphan): at least {orphan_seconds} s, tcp_orphan_retries = "
            + "{tcp_orphan_retries} (0 acts as 8). If a program still holds it: at least {retries2_seconds} s, tcp_retries2 = {tcp_retries2}. A peer "
            + "that answers with window 0 keeps it longer.",
            "一个往返时间。没有应答时，程序已关闭的（孤儿）至少 {orphan_seconds} 秒，tcp_orphan_retries = {tcp_orphan_retries}（0 等同 8）；"
            + "程序仍持有的至少 {retries2_seconds} 秒，tcp_retries2 = {tcp_retries2}。对端一直通告零窗口时会更久。"),
        ManyMean = new(
            "Peers that vanished (mobile clients, a firewall that drops) or that do not read. Each orphan may hold up to about 64 KB; over "
            + "tcp_max_orphans = {tcp_max_orphans} they are reset.",
            "对端消失了（移动客户端、防火墙丢包），或者不读数据。每个孤儿最多占用约 64 KB；超过 tcp_max_orphans = {tcp_max_orphans} 时被重置。"),
        ManyDoNotMean = new(
            "Not a program of ours that forgot to close: it has closed. Not cured by tcp_fin_timeout.",
            "不代表本端程序忘了关闭：它已经关了。tcp_fin_timeout 对它无效。"),
        LookNext =
        [
            new("tcplens list 'state:fin_wait1'", new("which peers", "对端是哪些")),
            new("ss -tno state fin-wait-1", new("Send-Q, and timer on or persist", "Send-Q 和定时器（on 或 persist）")),
            new("cat /proc/net/sockstat", new("orphan: against tcp_max_orphans", "orphan 与 tcp_max_orphans 相比")),
            new("nstat -az TcpExtTCPAbortOnTimeout TcpExtTCPAbortOnMemory", new("given up", "被放弃的")),
        ],
        OftenSaid =
        [
            new(
                new("tcp_fin_timeout shortens FIN_WAIT1.", "tcp_fin_timeout 能缩短 FIN_WAIT1。"),
                new(
                    "It ends orphaned FIN_WAIT2 only. Here the retries count: tcp_orphan_retries.",
                    "它只管孤儿 FIN_WAIT2。这里起作用的是重传次数：tcp_orphan_retries。")),
            new(
                new("Every close() goes through FIN_WAIT1.", "每次 close() 都经过 FIN_WAIT1。"),
                new(
                    "close() with unread data (TCPAbortOnClose) or with SO_LINGER 0 (TCPAbortOnData) sends a RST and skips all closing states.",
                    "还有未读数据时 close()（TCPAbortOnClose），或 SO_LINGER 为 0（TCPAbortOnData），直接发 RST，跳过所有关闭状态。")),
            new(
                new("netstat | grep FIN_WAIT counts one state.", "netstat | grep FIN_WAIT 数的是一种状态。"),
                new("It counts FIN_WAIT1 and FIN_WAIT2 together, two different matters.", "它把 FIN_WAIT1 和 FIN_WAIT2 混在一起，两者完全不同。")),
        ],
        Sources =
        [
            "RFC 9293, 3.6, 3.10.4",
            "Linux: Documentation/networking/ip-sysctl.rst, snmp_counter.rst; net/ipv4/tcp.c tcp_close(); net/ipv4/tcp_timer.c tcp_orphan_retries()",
        ],
    };
}
