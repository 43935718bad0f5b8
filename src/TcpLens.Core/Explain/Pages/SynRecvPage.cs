using TcpLens.Core.Model;

namespace TcpLens.Core.Explain.Pages;

internal static class SynRecvPage
{
    public static StatePage Page { get; } = new()
    {
        State = TcpState.SynRecv,
        WhatItIs = new(
            "Half-open: a client's SYN has come, our SYN-ACK is out, its ACK is missing. The kernel keeps a request of about 300 bytes at "
            + "the listener; there is no file descriptor and no process yet.",
            "半连接：收到了客户端的 SYN，已回 SYN-ACK，还没等到 ACK。内核只在监听套接字上保留一个约 300 字节的请求，还没有文件描述符，"
            + "也不属于任何进程。"),
        Entered = new("A SYN arrives for a listener; the kernel answers SYN-ACK.", "监听端口收到 SYN，内核回应 SYN-ACK。"),
        Left = new(
            "ACK: ESTABLISHED, into the accept queue. RST or time over: gone. If the accept queue is full the ACK is ignored and the "
            + "request stays here.",
            "收到 ACK：进入 ESTABLISHED，排入全连接队列。收到 RST 或超时：消失。全连接队列已满时 ACK 被忽略，请求继续留在这里。"),
        Peer = new(
            "SYN_SENT; or already ESTABLISHED, when its ACK was lost or ignored; or nothing at all, when the source address is forged.",
            "SYN_SENT；如果它的 ACK 丢失或被忽略，则已是 ESTABLISHED；源地址是伪造的，则什么也没有。"),
        Lasts = new(
            "One round trip. Without ACK about {syn_recv_seconds} s (tcp_synack_retries = {tcp_synack_retries}), less once the queue is "
            + "over half full. With TCP_DEFER_ACCEPT until data comes.",
            "一个往返时间。收不到 ACK 时约 {syn_recv_seconds} 秒（tcp_synack_retries = {tcp_synack_retries}），队列过半后会缩短。"
            + "设置了 TCP_DEFER_ACCEPT 时要等到数据到达。"),
        ManyMean = new(
            "In this order: ReqQFull counters rising: a SYN flood, or a backlog too small. Accept queue full: the program is slow (see "
            + "LISTEN). Repeated SYN-ACKs, few source networks: the way back to the clients loses packets. None of these: many clients "
            + "far away.",
            "按此顺序判断：ReqQFull 计数增长：SYN 洪水，或 backlog 太小。全连接队列已满：应用程序慢（见 LISTEN）。SYN-ACK 反复重传且来源网段很少："
            + "返回客户端的路径丢包。都不是：远方的客户端多。"),
        ManyDoNotMean = new("Not always an attack. And a low number does not mean that there is none: see below.", "不一定是攻击；数量少也不说明没有攻击，见下。"),
        LookNext =
        [
            new("tcplens list 'state:syn_recv'", new("which ports, which sources", "哪些端口，哪些来源")),
            new("nstat -az 'TcpExtTCPReqQFull*' 'TcpExtSyncookies*'", new("flood or backlog", "洪水或 backlog")),
            new("ss -lnt", new("accept queues and their limits", "全连接队列及上限")),
        ],
        OftenSaid =
        [
            new(
                new("Raise an alarm at 1,000 SYN_RECV.", "SYN_RECV 超过 1000 就报警。"),
                new(
                    "With cookies (tcp_syncookies = {tcp_syncookies}) a full queue keeps nothing more: the number never passes the listener's backlog, and "
                    + "such an alarm may never ring. Watch TCPReqQFullDoCookies and TCPReqQFullDrop.",
                    "启用 cookie 时（tcp_syncookies = {tcp_syncookies}），队列满了就不再保存请求：数量不会超过监听套接字的 backlog，这种报警可能永远不响。"
                    + "应看 TCPReqQFullDoCookies 和 TCPReqQFullDrop。")),
            new(
                new("tcp_max_syn_backlog limits SYN_RECV.", "SYN_RECV 的上限是 tcp_max_syn_backlog。"),
                new(
                    "The listener's min(backlog, somaxconn = {somaxconn}) does. tcp_max_syn_backlog counts only without cookies.",
                    "上限是监听套接字的 min(backlog, somaxconn = {somaxconn})。tcp_max_syn_backlog 只在不用 cookie 时起作用。")),
            new(
                new("SYN cookies help a busy server.", "SYN cookie 能帮助繁忙的服务器。"),
                new(
                    "They are a fallback against floods; for honest load the kernel's documentation says: do not.",
                    "它只是防洪水的后备手段；内核文档写明，不得用来应付正常的高负载。")),
        ],
        Sources =
        [
            "RFC 9293, 3.5, 3.10.7.2; RFC 4987 (SYN floods)",
            "Linux: Documentation/networking/ip-sysctl.rst, snmp_counter.rst; net/ipv4/inet_connection_sock.c reqsk_timer_handler()",
            "https://blog.cloudflare.com/syn-packet-handling-in-the-wild/",
        ],
    };
}
