using TcpLens.Core.Text;

namespace TcpLens.Bench.Zabbix;

/// <summary>A way to bring the eleven numbers into Zabbix.</summary>
/// <param name="Id">First part of the contender's name in the raw data.</param>
/// <param name="User">As whom the agent runs.</param>
/// <param name="Name">Name in the table.</param>
/// <param name="Asked">What the server asks for in one poll.</param>
public sealed record PollMethod(string Id, string User, Phrase Name, Phrase Asked)
{
    /// <summary>In the order of a round and of the tables.</summary>
    public static IReadOnlyList<PollMethod> All { get; } =
    [
        new("master", "nobody", new("**TcpLens**, master item", "**TcpLens**，主监控项"), new("`tcplens.states` once; the server takes the eleven values out of its JSON", "`tcplens.states` 一次；由 server 从其 JSON 中取出十一个数值")),
        new("keys", "nobody", new("**TcpLens**, eleven keys", "**TcpLens**，十一个键"), new("eleven `UserParameter`s `tcplens zabbix get STATE`", "十一个 `UserParameter`：`tcplens zabbix get STATE`")),
        new("builtin", "nobody", new("built-in keys", "内置键"), new("eleven items `net.tcp.socket.count[,,,,STATE]`", "十一个监控项 `net.tcp.socket.count[,,,,STATE]`")),
        new("recipe", "nobody", new("netstat recipe", "netstat 配方"), new("eleven `UserParameter`s `netstat -ntup \\|grep STATE -c`, as they are pasted", "十一个 `UserParameter`：`netstat -ntup \\|grep STATE -c`，照抄网上的写法")),
        new("recipe-root", "root", new("netstat recipe, as root", "netstat 配方，以 root 运行"), new("the same from an agent that runs as root: what the SUID bit amounts to", "同上，但 agent 以 root 运行：等同于给 netstat 设置 SUID 位")),
    ];
}
