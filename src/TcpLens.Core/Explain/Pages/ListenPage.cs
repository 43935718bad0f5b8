using TcpLens.Core.Model;

namespace TcpLens.Core.Explain.Pages;

internal static class ListenPage
{
    public static StatePage Page { get; } = new()
    {
        State = TcpState.Listen,
        WhatItIs = new(
            "A server's socket that waits for connections. It is not a connection: each client gets a socket of its own. It has two "
            + "queues: half-open requests (SYN_RECV), and finished connections that wait for accept().",
            "服务器用来等待连接的套接字。它本身不是连接：每个客户端另有自己的套接字。它有两个队列：半连接队列（SYN_RECV）和等待"
            + " accept() 的全连接队列。"),
        Entered = new("The program calls bind() and listen().", "应用程序调用 bind() 和 listen()。"),
        Left = new(
            "close(), or the end of the process. Connections not yet accepted are then reset.",
            "close() 或进程退出。尚未 accept() 的连接随之被重置。"),
        Peer = new("None: a listener has no peer.", "没有对端：监听套接字不属于任何连接。"),
        Lasts = new("As long as the program wants.", "没有期限，由应用程序决定。"),
        ManyMean = new(
            "Many services or workers on this host: one per address and port, one per worker with SO_REUSEPORT, often one each for IPv4 "
            + "and IPv6. What matters is each listener's accept queue: full, it means that the program is too slow with accept().",
            "本机服务或工作进程多：每个地址加端口一个，用 SO_REUSEPORT 时每个工作进程一个，IPv4 和 IPv6 往往各一个。真正要看的是每个"
            + "监听套接字的全连接队列：满了说明应用程序 accept() 太慢。"),
        ManyDoNotMean = new("Not load: one listener can carry every connection of the host.", "不代表负载高：一个监听套接字就可以承接全部连接。"),
        LookNext =
        [
            new("tcplens list 'state:listen'", new("who listens where", "谁在监听哪些端口")),
            new("ss -lnt", new("Recv-Q: accept queue, Send-Q: its limit", "Recv-Q 为全连接队列长度，Send-Q 为上限")),
            new("nstat -az TcpExtListenOverflows TcpExtListenDrops", new("growing: queue full", "增长即队列溢出")),
            new("sysctl net.core.somaxconn", new("caps every backlog", "所有 backlog 的上限")),
        ],
        OftenSaid =
        [
            new(
                new("tcp_max_syn_backlog sets the queue's length.", "队列长度由 tcp_max_syn_backlog 决定。"),
                new(
                    "Both queues are limited by min(backlog of listen(), somaxconn = {somaxconn}), fixed when the program calls listen(): raise both, "
                    + "then restart it. tcp_max_syn_backlog = {tcp_max_syn_backlog} counts only with tcp_syncookies = 0 (here {tcp_syncookies}).",
                    "两个队列的上限都是 min(listen() 的 backlog, somaxconn = {somaxconn})，在调用 listen() 时定下：两者都要调大，再重启程序。"
                    + "tcp_max_syn_backlog = {tcp_max_syn_backlog} 只在 tcp_syncookies = 0 时起作用（本机为 {tcp_syncookies}）。")),
            new(
                new("Set tcp_abort_on_overflow = 1 when the queue overflows.", "队列溢出时应设 tcp_abort_on_overflow = 1。"),
                new(
                    "Then clients are reset. With 0 (here {tcp_abort_on_overflow}) they try again and a short burst passes unnoticed.",
                    "那样客户端会被重置。设为 0（本机为 {tcp_abort_on_overflow}）时客户端会重试，短暂的突发不会被察觉。")),
            new(
                new("netstat -nt shows all eleven states.", "netstat -nt 能显示全部十一种状态。"),
                new("Without -a it shows no LISTEN; ss without -a or -l neither.", "不加 -a 就没有 LISTEN；ss 不加 -a 或 -l 也一样。")),
        ],
        Sources =
        [
            "RFC 9293, 3.10.1, 3.10.7.2; listen(2)",
            "Linux: Documentation/networking/ip-sysctl.rst, snmp_counter.rst; net/ipv4/tcp_input.c tcp_conn_request()",
            "https://blog.cloudflare.com/syn-packet-handling-in-the-wild/",
        ],
    };
}
