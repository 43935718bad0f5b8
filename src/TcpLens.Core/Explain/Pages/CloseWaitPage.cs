using TcpLens.Core.Model;

namespace TcpLens.Core.Explain.Pages;

internal static class CloseWaitPage
{
    public static StatePage Page { get; } = new()
    {
        State = TcpState.CloseWait,
        WhatItIs = new(
            "The peer has closed; our program has not. The kernel has acknowledged the peer's FIN and waits, for ever, until our program "
            + "calls close().",
            "对端已关闭，本端程序还没有。内核已确认对端的 FIN，一直等本端程序调用 close()，没有时限。"),
        Entered = new(
            "From ESTABLISHED: the peer's FIN arrives, the kernel answers ACK; read() returns 0 once all data is read.",
            "在 ESTABLISHED 时收到对端的 FIN，内核回应 ACK；数据读完后 read() 返回 0。"),
        Left = new(
            "close(), shutdown(SHUT_WR) or the end of the process: FIN goes out, LAST_ACK. close() with unread data, or a RST of the peer: gone.",
            "close()、shutdown(SHUT_WR) 或进程退出：发出 FIN，进入 LAST_ACK。还有未读数据时 close()，或收到 RST：消失。"),
        Peer = new(
            "FIN_WAIT2. If it is Linux and its program has closed, it is gone after its tcp_fin_timeout and only our half is left.",
            "FIN_WAIT2。如果对端是 Linux 且程序已 close()，过了它的 tcp_fin_timeout 就消失，只剩本端这一半。"),
        Lasts = new(
            "No limit: no timer of the kernel ends it, unless the program has set SO_KEEPALIVE and the peer is gone; and even then the "
            + "program keeps the file descriptor.",
            "没有期限：内核没有定时器来结束它。除非程序设置了 SO_KEEPALIVE 且对端已消失；即便如此，文件描述符仍被程序占着。"),
        ManyMean = new(
            "Old and growing: our program does not close: a missing close() on an error path, a pool that evicts nothing, a stuck worker. In the end it runs "
            + "out of descriptors. Recv-Q tells which: 1: nobody reads; 0: end was read, close() forgotten; more: data unread, worker stuck. "
            + "Without a process: in the accept queue; the program does not accept() (see LISTEN).",
            "存在很久并且一直增长：本端程序没有关闭：出错路径漏了 close()，连接池不淘汰，工作线程卡住。最终会耗尽文件描述符。看 Recv-Q："
            + "1：没人读；0：已读到结尾，忘了 close()；更大：数据未读，线程卡住。没有所属进程：还在全连接队列里，程序不 accept()（见 LISTEN）。"),
        ManyDoNotMean = new(
            "Not the peer's fault, nor the network's. Few and young is normal traffic.",
            "不是对端的问题，也不是网络的问题。数量少、存在时间短，属于正常流量。"),
        LookNext =
        [
            new("tcplens list 'state:close_wait'", new("which ports, which peers, Recv-Q", "哪些端口，哪些对端，Recv-Q")),
            new("ss -tnp state close-wait", new("which process (as root)", "哪个进程（需要 root）")),
            new("ls /proc/PID/fd | wc -l", new("descriptors in use", "已用的文件描述符")),
            new("grep 'open files' /proc/PID/limits", new("and their limit", "及其上限")),
        ],
        OftenSaid =
        [
            new(
                new("Tune tcp_keepalive_time or tcp_fin_timeout.", "调整 tcp_keepalive_time 或 tcp_fin_timeout。"),
                new(
                    "No sysctl cures it: it is a bug of the program. Fix it; until then restart it, or ss -K (then fix it).",
                    "任何 sysctl 都治不了：这是程序的缺陷，要改程序。改好之前可重启，或用 ss -K 应急。")),
            new(
                new("CLOSE_WAIT waits for the peer.", "CLOSE_WAIT 是在等对端。"),
                new("It waits for our own program. The peer is done.", "它在等本端自己的程序。对端已经关完了。")),
            new(
                new("netstat | grep CLOSE counts closed sockets.", "netstat | grep CLOSE 数的是已关闭的套接字。"),
                new("It matches CLOSE_WAIT, and so counts leaks as closed.", "它会匹配到 CLOSE_WAIT，把泄漏算成了“已关闭”。")),
        ],
        Sources =
        [
            "RFC 9293, 3.6, 3.10.7.4; Linux: net/ipv4/tcp_input.c tcp_fin()",
            "https://blog.cloudflare.com/this-is-strictly-a-violation-of-the-tcp-specification/",
            "https://www.baeldung.com/linux/remove-close_wait-connection",
            "https://stackoverflow.com/questions/77420709 (without a process)",
        ],
    };
}
