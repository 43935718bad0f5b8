using TcpLens.Core.Model;

namespace TcpLens.Core.Explain.Pages;

internal static class SynSentPage
{
    public static StatePage Page { get; } = new()
    {
        State = TcpState.SynSent,
        WhatItIs = new(
            "This host is the client: it has sent a SYN and waits for the answer. The program waits in connect().",
            "本机是客户端：已发出 SYN，等待应答。应用程序正在 connect() 中等待。"),
        Entered = new("connect(): a SYN goes out.", "调用 connect()：发出 SYN。"),
        Left = new(
            "SYN-ACK: ACK goes out, ESTABLISHED. RST: connect() fails with ECONNREFUSED. Time over: ETIMEDOUT. The program closes the "
            + "socket. A SYN of the peer (both call at once): SYN_RECV.",
            "收到 SYN-ACK：发出 ACK，进入 ESTABLISHED。收到 RST：connect() 返回 ECONNREFUSED。超时：ETIMEDOUT。应用程序关闭套接字。"
            + "收到对端的 SYN（双方同时发起）：SYN_RECV。"),
        Peer = new(
            "Nothing (the SYN has not arrived, or was dropped by a firewall or because of a full accept queue), or SYN_RECV (its answer is on the way or lost).",
            "没有套接字（SYN 未到达，或被防火墙丢弃，或因全连接队列已满被丢弃），或 SYN_RECV（应答在途或已丢失）。"),
        Lasts = new(
            "One round trip. Without an answer about {syn_sent_seconds} s: tcp_syn_retries = {tcp_syn_retries}, tcp_syn_linear_timeouts = "
            + "{tcp_syn_linear_timeouts}. Most programs give up sooner by a timeout of their own.",
            "一个往返时间。没有应答时约 {syn_sent_seconds} 秒：tcp_syn_retries = {tcp_syn_retries}，tcp_syn_linear_timeouts = "
            + "{tcp_syn_linear_timeouts}。多数程序有自己的超时，会更早放弃。"),
        ManyMean = new(
            "Destinations that do not answer at all: the host is down, a firewall drops, or its accept queue is full (then some succeed). "
            + "SYN_SENT to very many different addresses: something on this host is scanning.",
            "有目的地完全不应答：主机宕机、防火墙丢包，或对方全连接队列已满（此时部分能成功）。如果目的地址非常多而且各不相同："
            + "本机有程序在扫描。"),
        ManyDoNotMean = new(
            "Not a refused port: a refusal (RST) comes at once and shows in AttemptFails, not here. Not an attack on this host: that is SYN_RECV.",
            "不代表端口拒绝连接：拒绝（RST）立即返回，计入 AttemptFails，不会堆积在这里。也不代表本机受到攻击：那是 SYN_RECV。"),
        LookNext =
        [
            new("tcplens list 'state:syn_sent'", new("which destinations", "目的地是哪些")),
            new("ss -tnop state syn-sent", new("process, and how often repeated", "进程和重传次数")),
            new("nstat -az TcpExtTCPSynRetrans TcpAttemptFails", new("silent or refused", "无应答还是被拒绝")),
            new("sysctl net.ipv4.tcp_syn_retries net.ipv4.tcp_syn_linear_timeouts", new("how long connect() tries", "connect() 重试多久")),
        ],
        OftenSaid =
        [
            new(
                new("tcp_syn_retries = 6 always means 127 s.", "tcp_syn_retries = 6 就是 127 秒。"),
                new(
                    "Since Linux 6.5 tcp_syn_linear_timeouts (4) pauses of 1 s come before the doubling ones: 131 s.",
                    "从 Linux 6.5 起，翻倍之前先有 tcp_syn_linear_timeouts（4）次 1 秒的间隔，共 131 秒。")),
            new(
                new("Lower tcp_syn_retries to get rid of them.", "调小 tcp_syn_retries 就好了。"),
                new(
                    "That breaks slow but working paths for every program. Give the program a connect timeout, and repair the destination.",
                    "这会影响所有程序，连慢但可用的路径也一起断掉。应给程序设置连接超时，并修复目的地。")),
        ],
        Sources =
        [
            "RFC 9293, 3.5, 3.10.7.3",
            "Linux: Documentation/networking/ip-sysctl.rst; net/ipv4/tcp_timer.c tcp_write_timeout()",
            "https://github.com/netdata/netdata/issues/2169",
        ],
    };
}
