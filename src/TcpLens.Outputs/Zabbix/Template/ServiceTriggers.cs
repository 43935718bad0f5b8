using System.Collections.Immutable;

namespace TcpLens.Outputs.Zabbix.Template;

/// <summary>
/// The triggers of every discovered service. A service without sockets is not told of at all, so that each problem also ends when no values come any more.
/// What looks at the time is evaluated by the server's clock, with the values that are there: one that comes later, and is older, still has the numbers from
/// before the trouble in its window. The recoveries look at the last value, or such a one would end a problem that the next one opens again.
/// </summary>
internal static class ServiceTriggers
{
    public static ImmutableArray<TemplateTrigger> All { get; } =
    [
        new()
        {
            Id = "service.close_wait",
            Severity = Severity.Warning,
            Scope = "performance",
            Expression = "min(@service.close_wait@,{$TCPLENS.CLOSE_WAIT.PERIOD})>={$TCPLENS.SERVICE.CLOSE_WAIT.MIN.WARN:\"{#SERVICE}\"}"
                + " and {$TCPLENS.SERVICE.CLOSE_WAIT.SHARE.MAX.WARN:\"{#SERVICE}\"}*(avg(@service.established@,{$TCPLENS.CLOSE_WAIT.PERIOD})+avg(@service.close_wait@,{$TCPLENS.CLOSE_WAIT.PERIOD}))"
                + "<=avg(@service.close_wait@,{$TCPLENS.CLOSE_WAIT.PERIOD})*100"
                + " and nodata(@service.close_wait@,{$TCPLENS.PERIOD})=0",
            Recovery = "last(@service.close_wait@)<{$TCPLENS.SERVICE.CLOSE_WAIT.MIN.WARN:\"{#SERVICE}\"}"
                + " or avg(@service.close_wait@,{$TCPLENS.CLOSE_WAIT.PERIOD})*125"
                + "<{$TCPLENS.SERVICE.CLOSE_WAIT.SHARE.MAX.WARN:\"{#SERVICE}\"}*(avg(@service.established@,{$TCPLENS.CLOSE_WAIT.PERIOD})+avg(@service.close_wait@,{$TCPLENS.CLOSE_WAIT.PERIOD}))"
                + " or nodata(@service.close_wait@,{$TCPLENS.PERIOD})=1",
            Name = new("Service {#SERVICE}: CLOSE_WAIT does not go away", "服务 {#SERVICE}：CLOSE_WAIT 长期不消失"),
            Event = new("Service {#SERVICE}: {ITEM.LASTVALUE1} sockets in CLOSE_WAIT: it does not close what its peers have closed", "服务 {#SERVICE}：{ITEM.LASTVALUE1} 个 CLOSE_WAIT：对端已关闭，该服务没有关闭"),
            Now = new("{ITEM.LASTVALUE1} in CLOSE_WAIT, {ITEM.LASTVALUE2} ESTABLISHED", "CLOSE_WAIT {ITEM.LASTVALUE1}，ESTABLISHED {ITEM.LASTVALUE2}"),
            Description = new(
                "This service leaks connections: a missing close(), a pool without eviction, a blocked thread. No kernel setting ends CLOSE_WAIT. Its connections: `tcplens list 'state:close_wait service:{#SERVICE}'`. Restart it as a stop-gap before its descriptors run out, and have its close path fixed.",
                "该服务泄漏连接：缺少 close()、连接池不清理或线程阻塞。没有任何内核参数能结束 CLOSE_WAIT。查看其连接：`tcplens list 'state:close_wait service:{#SERVICE}'`。在文件描述符耗尽前重启只是权宜之计，根本办法是修复其关闭流程。"),
        },
        new()
        {
            Id = "service.established",
            Severity = Severity.Warning,
            Scope = "capacity",
            Expression = "{$TCPLENS.SERVICE.ESTABLISHED.LIMIT:\"{#SERVICE}\"}>0"
                + " and 100*min(@service.established@,{$TCPLENS.PERIOD})>={$TCPLENS.SERVICE.ESTABLISHED.MAX.WARN:\"{#SERVICE}\"}*{$TCPLENS.SERVICE.ESTABLISHED.LIMIT:\"{#SERVICE}\"}"
                + " and nodata(@service.established@,{$TCPLENS.PERIOD})=0",
            Recovery = "100*last(@service.established@)<{$TCPLENS.SERVICE.ESTABLISHED.MAX.WARN:\"{#SERVICE}\"}*{$TCPLENS.SERVICE.ESTABLISHED.LIMIT:\"{#SERVICE}\"}"
                + " or {$TCPLENS.SERVICE.ESTABLISHED.LIMIT:\"{#SERVICE}\"}=0"
                + " or nodata(@service.established@,{$TCPLENS.PERIOD})=1",
            Name = new("Service {#SERVICE}: nearly as many connections as it can take", "服务 {#SERVICE}：连接数接近上限"),
            Event = new(
                "Service {#SERVICE}: {ITEM.LASTVALUE1} connections of the {$TCPLENS.SERVICE.ESTABLISHED.LIMIT:\"{#SERVICE}\"} that it can take",
                "服务 {#SERVICE}：已有 {ITEM.LASTVALUE1} 个连接，上限 {$TCPLENS.SERVICE.ESTABLISHED.LIMIT:\"{#SERVICE}\"}"),
            Now = new("{ITEM.LASTVALUE1} ESTABLISHED", "ESTABLISHED {ITEM.LASTVALUE1}"),
            Description = new(
                "More load, clients that do not let go, or a limit that is too low. Who is connected: `tcplens by remote 'state:established service:{#SERVICE}'`. The limit is the one that you have set for it: worker_connections, max_connections, or the descriptors of its unit.",
                "负载上升、客户端不释放连接，或上限过低。查看谁在连接：`tcplens by remote 'state:established service:{#SERVICE}'`。上限由您为该服务设定：worker_connections、max_connections 或其单元的文件描述符数。"),
        },
    ];
}
