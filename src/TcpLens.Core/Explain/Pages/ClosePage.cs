using TcpLens.Core.Model;

namespace TcpLens.Core.Explain.Pages;

internal static class ClosePage
{
    public static StatePage Page { get; } = new()
    {
        State = TcpState.Close,
        WhatItIs = new(
            "A socket without a connection that holds a local port: bound, and neither listening nor connected. A socket that holds no port "
            + "is not counted anywhere.",
            "没有连接、但占着本地端口的套接字：已 bind()，既没有监听也没有连接。不占端口的套接字不计入任何地方。"),
        Entered = new(
            "bind(). Or a connection ended (RST, refused, timeout) whose program has chosen its port and still holds the socket.",
            "bind()。或者连接已结束（RST、被拒绝、超时），而端口是程序自己选定的，并且程序还持有套接字。"),
        Left = new("listen(): LISTEN. connect(): SYN_SENT. close(): gone.", "listen()：LISTEN。connect()：SYN_SENT。close()：消失。"),
        Peer = new("None.", "没有对端。"),
        Lasts = new(
            "As long as the program holds it. Seen over netlink by Linux 6.8 and newer only; /proc/net/tcp never shows it.",
            "程序持有多久就有多久。只有 Linux 6.8 及以上版本能通过 netlink 看到；/proc/net/tcp 从不显示。"),
        ManyMean = new(
            "A program binds before connect() and then delays, or does not close after errors. bind() without IP_BIND_ADDRESS_NO_PORT "
            + "takes each port for all destinations at once: the range ({ip_local_port_range}, {ports} ports) is used up far sooner.",
            "程序先 bind()，迟迟不 connect()，或出错后不关闭。没有 IP_BIND_ADDRESS_NO_PORT 的 bind() 会针对所有目的地独占端口："
            + "端口范围（{ip_local_port_range}，共 {ports} 个）会更快用完。"),
        ManyDoNotMean = new(
            "Not the number of connections that were closed: those are gone, and counted nowhere.",
            "不是已关闭连接的数量：它们已经消失，不计入任何地方。"),
        LookNext =
        [
            new("tcplens list 'state:close'", new("which ports", "哪些端口")),
            new("ss -tnB", new("the same (--bound-inactive, new iproute2)", "同样内容（--bound-inactive，需要较新的 iproute2）")),
            new("sysctl net.ipv4.ip_local_port_range", new("ports for bind() and connect()", "bind() 和 connect() 的端口范围")),
        ],
        OftenSaid =
        [
            new(
                new("netstat | grep CLOSE counts this state.", "netstat | grep CLOSE 数的就是这个状态。"),
                new(
                    "It counts CLOSE_WAIT, and a host name or address that contains the word. /proc/net/tcp, which netstat reads, has no CLOSE.",
                    "它数到的是 CLOSE_WAIT，以及恰好含有这个词的主机名。netstat 读的 /proc/net/tcp 里没有 CLOSE。")),
            new(
                new("Look for CLOSED.", "查 CLOSED。"),
                new(
                    "That is the RFC's word for no connection at all. netstat writes CLOSE, ss UNCONN; a count of CLOSED is always 0.",
                    "那是 RFC 对“没有连接”的叫法。netstat 写作 CLOSE，ss 写作 UNCONN；数 CLOSED 永远是 0。")),
            new(
                new("Always 0, so this host has none.", "一直是 0，说明本机没有。"),
                new(
                    "On older kernels, or from /proc, it cannot be seen at all. Zero there means unknown.",
                    "在较旧的内核上，或只读 /proc 时，根本看不到。那里的 0 表示未知。")),
        ],
        Sources =
        [
            "RFC 9293, 3.3.2 (CLOSED); bind(2), ip(7) IP_BIND_ADDRESS_NO_PORT",
            "Linux: net/ipv4/inet_diag.c (TCP_BOUND_INACTIVE), include/net/tcp_states.h",
            "https://github.com/envoyproxy/envoy/issues/44747",
        ],
    };
}
