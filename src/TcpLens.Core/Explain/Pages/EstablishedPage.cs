using TcpLens.Core.Model;

namespace TcpLens.Core.Explain.Pages;

internal static class EstablishedPage
{
    public static StatePage Page { get; } = new()
    {
        State = TcpState.Established,
        WhatItIs = new(
            "The connection is open; both sides may send. It need not be in use, nor the peer be alive: an idle connection sends nothing.",
            "连接已打开，双方都可以发送。它不一定在使用，对端也不一定还在：空闲的连接不发送任何报文。"),
        Entered = new(
            "Client: SYN-ACK arrives, ACK goes out, connect() returns. Server: the ACK arrives; the connection waits for accept().",
            "客户端：收到 SYN-ACK，发出 ACK，connect() 返回。服务器：收到 ACK，连接等待 accept()。"),
        Left = new(
            "This side closes (close(), shutdown(), exit): FIN_WAIT1. The peer's FIN arrives: CLOSE_WAIT. RST or a timeout: gone at once.",
            "本端关闭（close()、shutdown()、进程退出）：FIN_WAIT1。收到对端的 FIN：CLOSE_WAIT。收到 RST 或超时：立即消失。"),
        Peer = new(
            "ESTABLISHED. While the last ACK is on the way the server is still in SYN_RECV. If the peer lost power: nothing, and this side "
            + "does not know.",
            "ESTABLISHED。最后一个 ACK 在途时，服务器还在 SYN_RECV。对端断电时什么也没有了，而本端并不知道。"),
        Lasts = new(
            "No limit while idle. With unacknowledged data at least {retries2_seconds} s (tcp_retries2 = {tcp_retries2}). With SO_KEEPALIVE a vanished "
            + "peer is noticed after {keepalive_seconds} s: {tcp_keepalive_time} + {tcp_keepalive_probes} x {tcp_keepalive_intvl}.",
            "空闲时没有期限。有未确认的数据时至少 {retries2_seconds} 秒（tcp_retries2 = {tcp_retries2}）。设置了 SO_KEEPALIVE 时，对端消失后"
            + " {keepalive_seconds} 秒发现：{tcp_keepalive_time} + {tcp_keepalive_probes} × {tcp_keepalive_intvl}。"),
        ManyMean = new(
            "Many users, or pools. Growing without more traffic: connections that nobody closes (pools without limit, vanished peers without "
            + "keepalive). Server's connections without a process: not yet accepted, the program is slow.",
            "用户多，或连接池大。流量没涨而数量一直涨：有连接没人关（连接池无上限，对端消失而没有保活）。服务器端没有所属进程的连接："
            + "尚未 accept()，应用程序慢。"),
        ManyDoNotMean = new("Not load, and not active users: idle connections count the same.", "不等于负载，也不等于活跃用户数：空闲连接同样计入。"),
        LookNext =
        [
            new("tcplens list 'state:established'", new("which ports, which peers", "哪些端口，哪些对端")),
            new("ss -tnoi state established", new("timer (keepalive?), last send and receive", "定时器（是否保活），最近收发时间")),
            new("ss -lnt", new("connections that wait for accept()", "等待 accept() 的连接")),
        ],
        OftenSaid =
        [
            new(
                new("CurrEstab (snmp, netstat -s) is the number of ESTABLISHED.", "CurrEstab（snmp、netstat -s）就是 ESTABLISHED 的数量。"),
                new("It is ESTABLISHED plus CLOSE_WAIT (RFC 4022), so it hides a leak.", "它是 ESTABLISHED 加 CLOSE_WAIT（RFC 4022），会掩盖泄漏。")),
            new(
                new("tcp_keepalive_time makes Linux check idle connections.", "设了 tcp_keepalive_time，Linux 就会检查空闲连接。"),
                new(
                    "Only those whose program sets SO_KEEPALIVE; the default is off.",
                    "只检查应用程序设置了 SO_KEEPALIVE 的连接，默认是关闭的。")),
        ],
        Sources =
        [
            "RFC 9293, 3.5, 3.8.3, 3.8.4; RFC 4022 tcpCurrEstab; tcp(7)",
            "Linux: Documentation/networking/ip-sysctl.rst; net/ipv4/tcp_timer.c",
            "https://blog.cloudflare.com/when-tcp-sockets-refuse-to-die/",
            "https://stackoverflow.com/questions/77420709 (connections without a process)",
        ],
    };
}
