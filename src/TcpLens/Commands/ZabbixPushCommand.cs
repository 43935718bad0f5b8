using System.CommandLine;
using TcpLens.CommandLine;
using TcpLens.Configuration;
using TcpLens.Core.Text;
using TcpLens.Items;
using TcpLens.Serving;
using TcpLens.Zabbix.Sender;
using TcpLens.Zabbix.Wire;

namespace TcpLens.Commands;

/// <summary><c>tcplens zabbix push</c>: sends values to trapper items, once or for ever.</summary>
internal static class ZabbixPushCommand
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    public static DescribedCommand Create(Surroundings around)
    {
        var command = new DescribedCommand("push", new("send values to trapper items of a server or proxy", "向 server 或 proxy 的采集器（trapper）监控项发送数值"))
        {
            Details = new Phrase(
                "Without --interval it sends once and says what became of it: exit code 1 when the server took none or not all. With --interval it goes on; values then wait on disk while the server is away. The trapper protocol has no identities: a value whose acknowledgement was lost may be stored twice, with the same time. The template is that of tcplens zabbix template --via trapper. Keys with commas outside of brackets are several.",
                "不带 --interval 时只发送一次并报告结果：server 未接收或未全部接收时退出码为 1。带 --interval 时持续发送，server 不可用时数值保存在磁盘上。trapper 协议没有标识：确认丢失的数值可能以相同时间入库两次。模板为 tcplens zabbix template --via trapper。方括号之外的逗号分隔多个键。"),
            Examples =
            [
                new("tcplens zabbix push --server zabbix.example --hostname web1", new("one reading, now", "立即发送一次读取结果")),
                new("tcplens zabbix push --server zabbix.example --hostname web1 --interval 1m", new("one each minute", "每分钟发送一次")),
                new("tcplens zabbix push --server proxy1 --key TIME_WAIT,CLOSE_WAIT", new("single numbers to a proxy", "向 proxy 发送单个数字")),
            ],
        };
        foreach (var option in ZabbixSettingFlags.Push.All)
            command.Add(option);
        command.SetAction(parsed => RunAsync(parsed, around).GetAwaiter().GetResult());
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Surroundings around)
    {
        var interval = ZabbixSettingFlags.Push.All.First(option => option.Name == ZabbixSettingFlags.IntervalName);
        if (parsed.GetResult(interval) is { Implicit: false })
            return await ZabbixForeground.RunAsync(ZabbixSettingFlags.Push, parsed, around, settings => Part(settings) with { ZabbixAgent = new ZabbixAgentSettings { HostName = settings.ZabbixAgent.HostName } }).ConfigureAwait(false);
        return await SendAsync(Session.Of(parsed, around), Part(ZabbixSettingFlags.Push.Load(parsed, around).Settings), around).ConfigureAwait(false);
    }

    private static Settings Part(Settings settings) => settings.ZabbixPush.Servers.Length > 0
        ? settings
        : throw new UsageException(new Phrase("no server to send to: give --server LIST", "没有接收数值的 server：请用 --server LIST 指定"));

    private static async Task<int> SendAsync(Session session, Settings settings, Surroundings around)
    {
        using var signals = new StopSignals();
        var values = await CollectAsync(settings, around, signals.End).ConfigureAwait(false);
        bool isTaken = true;
        foreach (var cluster in ZabbixPlans.Clusters(settings.ZabbixPush.Servers))
        {
            try
            {
                var count = await new TrapperSender(cluster, ZabbixPlans.Client(settings.ZabbixTls), s_patience, around.Clock).SendAsync(values, signals.End).ConfigureAwait(false);
                isTaken &= count.Failed == 0;
                session.Print(new Phrase("{0}: {1} of {2} values taken\n", "{0}：已接收 {1}/{2} 个数值\n").With(cluster, count.Processed, count.Total).In(session.Language));
                if (count.Failed > 0)
                {
                    session.Print(new Phrase(
                        "  Zabbix does not say why it refuses: is there a host '{0}' with trapper items of these keys, is it enabled, and may this address send (Allowed hosts)?\n",
                        "  Zabbix 不会说明拒绝的原因：请检查是否存在主机“{0}”及这些键的采集器监控项、主机是否启用、此地址是否允许发送（允许的主机）。\n").With(ZabbixPlans.HostName(settings)).In(session.Language));
                }
            }
            catch (ZabbixStartException wrong)
            {
                throw new FailureException(wrong.Reason);
            }
            catch (ServerException trouble)
            {
                isTaken = false;
                session.Print(trouble.Message + "\n");
            }
        }

        return isTaken ? ExitCode.Success : ExitCode.Failure;
    }

    private static async Task<TrapperValue[]> CollectAsync(Settings settings, Surroundings around, CancellationToken end)
    {
        string host = ZabbixPlans.HostName(settings);
        using var items = new ItemKeys(around.Kernel, around.Clock, identity: null);
        var time = ValueTime.Of(around.Clock.GetUtcNow());
        var values = new List<TrapperValue>();
        foreach (string key in settings.ZabbixPush.Keys)
        {
            var answer = await items.AnswerAsync(key, end).ConfigureAwait(false);
            values.Add(answer.IsSupported
                ? new TrapperValue(host, key, answer.Text, time.Clock, time.Nanoseconds)
                : throw new FailureException(new Phrase("{0}: {1}", "{0}：{1}").With(key, answer.Text)));
        }

        return [.. values];
    }
}
