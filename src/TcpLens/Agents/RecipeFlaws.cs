using TcpLens.Core.Model;
using TcpLens.Core.Text;

namespace TcpLens.Agents;

/// <summary>Why the netstat recipe (<c>netstat -ntup | grep KEY -c</c>) gives another number than there are sockets.</summary>
internal static class RecipeFlaws
{
    /// <summary>What a site will see when <paramref name="state"/>'s key goes over from the recipe's number to the right one.</summary>
    public static Phrase Why(TcpState state, long? old, long? value) => (state, old, value) switch
    {
        (_, _, null) => new Phrase("TcpLens gave no number: tcplens zabbix get says why", "TcpLens 未返回数字：tcplens zabbix get 会说明原因"),
        (_, null, _) => Lesson(state) ?? new Phrase("not compared", "未比较"),
        _ when old == value => Same(state),
        (TcpState.Listen, _, _) => s_listen,
        (TcpState.Close, _, _) => s_close,
        (TcpState.Established, _, _) => s_established,
        _ => s_time,
    };

    private static readonly Phrase s_listen = new(
        "netstat without -l or -a shows no listening socket: the recipe always says 0",
        "netstat 不带 -l 或 -a 时不显示监听套接字，配方恒为 0");

    private static readonly Phrase s_close = new(
        "'grep CLOSE' also counts every CLOSE_WAIT; CLOSE is now CLOSE alone",
        "grep CLOSE 会把 CLOSE_WAIT 也计入；现在只统计 CLOSE");

    private static readonly Phrase s_established = new(
        "the recipe also counts connected UDP sockets and lines whose program has that name; TCP alone remains",
        "配方还会计入已连接的 UDP 套接字以及程序名匹配的行；现在只统计 TCP");

    private static readonly Phrase s_time = new(
        "the two were read at two moments: connections came and went",
        "两个数值读取的时刻不同，期间连接有增减");

    private static Phrase? Lesson(TcpState state) => state switch
    {
        TcpState.Listen => s_listen,
        TcpState.Close => s_close,
        TcpState.Established => s_established,
        _ => null,
    };

    // Equal now is not equal always: these three keys are wrong by their making.
    private static Phrase Same(TcpState state) => state switch
    {
        TcpState.Listen => new Phrase("the same while nothing listens; the recipe always says 0", "没有监听时相同；配方恒为 0"),
        TcpState.Close => new Phrase("the same while there is no CLOSE_WAIT, which the recipe counts too", "没有 CLOSE_WAIT 时相同；配方会把它计入"),
        TcpState.Established => new Phrase("the same while no UDP socket is connected, which the recipe counts too", "没有已连接的 UDP 套接字时相同；配方会把它计入"),
        _ => new Phrase("the same", "相同"),
    };
}
