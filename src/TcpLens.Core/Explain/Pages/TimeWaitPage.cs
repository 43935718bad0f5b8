using TcpLens.Core.Model;

namespace TcpLens.Core.Explain.Pages;

internal static class TimeWaitPage
{
    public static StatePage Page { get; } = new()
    {
        State = TcpState.TimeWait,
        WhatItIs = new(
            "The connection is over; this side closed first. The kernel keeps a small record, so that a repeated FIN is acknowledged again "
            + "and late packets cannot enter a new connection of the same addresses and ports. It has no process any more.",
            "连接已结束，本端先关闭。内核保留一条小记录：对端重发 FIN 时能再次确认，迟到的报文也不会混入地址和端口相同的新连接。"
            + "它已不属于任何进程。"),
        Entered = new(
            "From FIN_WAIT2 by the peer's FIN (ACK goes out), or from FIN_WAIT1 if that FIN also acknowledges ours; from CLOSING by the ACK of our FIN.",
            "在 FIN_WAIT2 时收到对端的 FIN（发出 ACK），或在 FIN_WAIT1 时收到同时确认了本端 FIN 的 FIN；或在 CLOSING 时收到对 FIN 的 ACK。"),
        Left = new(
            "By time. Sooner by a RST (tcp_rfc1337 = {tcp_rfc1337}; 1 ignores it) or a newer SYN of the same addresses and ports.",
            "到时间。收到 RST 时提前结束（tcp_rfc1337 = {tcp_rfc1337}，为 1 则忽略），地址端口相同的新 SYN 到达时也会。"),
        Peer = new(
            "LAST_ACK until our ACK arrives, then nothing: it has no TIME_WAIT.",
            "ACK 到达前是 LAST_ACK，之后什么也没有：对端没有 TIME_WAIT。"),
        Lasts = new(
            "60 s (TCP_TIMEWAIT_LEN), compiled in, no sysctl (some vendors add tcp_tw_timeout: Alibaba Cloud Linux 2, 3). A repeated FIN starts it anew.",
            "60 秒（TCP_TIMEWAIT_LEN），编译时写死，没有 sysctl 可改（个别发行版自行增加了 tcp_tw_timeout，如 Alibaba Cloud Linux 2 和 3）。对端重发 FIN 会重新计时。"),
        ManyMean = new(
            "Short connections that this side closes: closes per second x 60. Where this host is the client, each takes a port: {ports} "
            + "ports ({ip_local_port_range}) allow about {ports_per_second} new connections a second from one address to one address and port. "
            + "Cure: keep-alive, pooling.",
            "本端关闭的短连接多：每秒关闭数 × 60。本机作客户端时，每个占一个端口：{ports} 个端口（{ip_local_port_range}）意味着从一个源地址到"
            + "同一目的地址和端口每秒约 {ports_per_second} 个新连接。对策：长连接、连接池。"),
        ManyDoNotMean = new(
            "Neither leak nor attack. Where this host is the server it costs a few hundred bytes each and no port.",
            "不是泄漏，也不是攻击。本机作服务器时，每个只占几百字节，不占额外端口。"),
        LookNext =
        [
            new("tcplens list 'state:time_wait'", new("own listening port, or which destination", "是本机监听端口，还是哪个目的地")),
            new("nstat -az TcpExtTCPTimeWaitOverflow", new("over tcp_max_tw_buckets", "超过 tcp_max_tw_buckets")),
            new("sysctl net.ipv4.tcp_max_tw_buckets", new("the limit, against tw in /proc/net/sockstat", "上限，与 /proc/net/sockstat 的 tw 比较")),
        ],
        OftenSaid =
        [
            new(
                new("Shorten it with tcp_fin_timeout; 2MSL is 2 to 4 minutes.", "用 tcp_fin_timeout 缩短；2MSL 是 2 到 4 分钟。"),
                new(
                    "60 s, whatever tcp_fin_timeout ({tcp_fin_timeout}) says: that is for orphaned FIN_WAIT2. 4 minutes are the RFC's.",
                    "就是 60 秒，与 tcp_fin_timeout（{tcp_fin_timeout}）无关，那是孤儿 FIN_WAIT2 的。4 分钟是 RFC 的数字。")),
            new(
                new("Set tcp_tw_recycle = 1.", "设 tcp_tw_recycle = 1。"),
                new("Removed in Linux 4.12; it broke clients behind NAT.", "Linux 4.12 已删除；它会丢弃 NAT 后面客户端的连接。")),
            new(
                new("tcp_tw_reuse frees a server's TIME_WAIT.", "tcp_tw_reuse 能释放服务器的 TIME_WAIT。"),
                new(
                    "Outgoing connections only, with timestamps, after 1 s. Here {tcp_tw_reuse} (0 off, 1 on, 2 loopback).",
                    "只用于主动发起的连接，需要时间戳，1 秒之后。本机为 {tcp_tw_reuse}（0 关，1 开，2 仅回环）。")),
            new(
                new("Lower tcp_max_tw_buckets.", "调小 tcp_max_tw_buckets。"),
                new(
                    "The kernel's documentation: must not; raise it. Here {tcp_max_tw_buckets}.",
                    "内核文档写明不得调小，只应调大。本机为 {tcp_max_tw_buckets}。")),
            new(
                new("A load balancer's cannot be tuned, an inner server's can.", "负载均衡器上的无法调优，内部服务器上的可以。"),
                new(
                    "The role decides: as client of its backends it costs ports (pooling, more addresses, tcp_tw_reuse = 1), as server memory.",
                    "取决于角色：作为后端的客户端消耗端口（连接池、更多地址、tcp_tw_reuse = 1），作为服务器只消耗内存。")),
        ],
        Sources =
        [
            "RFC 9293, 3.6; Linux: ip-sysctl.rst; include/net/tcp.h; net/ipv4/tcp_minisocks.c; commit 4396e46187ca",
            "https://vincent.bernat.ch/en/blog/2014-tcp-time-wait-state-linux",
        ],
    };
}
