using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;
using TcpLens.Zabbix;
using TcpLens.Zabbix.Active;
using TcpLens.Zabbix.Buffer;
using TcpLens.Zabbix.Passive;
using TcpLens.Zabbix.Sender;

namespace TcpLens.Serving;

/// <summary>TcpLens as a part of a Zabbix network: it answers, makes active checks, and sends unasked, as far as its plan says.</summary>
internal sealed class ZabbixNode : IAsyncDisposable
{
    private readonly PassiveAgent? _passive;
    private readonly ValueBuffer? _buffer;
    private readonly ImmutableArray<(ActiveSettings Settings, ActiveAgent Agent)> _active;
    private readonly ImmutableArray<(PusherSettings Settings, ValuePusher Pusher)> _push;

    private ZabbixNode(ZabbixPlan plan, PassiveAgent? passive, ValueBuffer? buffer, IItemSource items, TimeProvider clock, ILogger log)
    {
        _passive = passive;
        _buffer = buffer;
        _active = buffer is null ? [] : [.. plan.Active.Select(one => (one, ActiveAgent.Start(one, items, buffer, plan.ClientSecurity, clock, log)))];
        _push = buffer is null ? [] : [.. plan.Push.Select(one => (one, ValuePusher.Start(one, items, buffer, plan.ClientSecurity, clock, log)))];
        foreach (var (settings, agent) in _active)
            _ = TellOfDefectAsync(agent.Completion, settings.LaneName, log);
        foreach (var (settings, pusher) in _push)
            _ = TellOfDefectAsync(pusher.Completion, settings.LaneName, log);
    }

    /// <summary>How each server is doing to which values are sent.</summary>
    public ImmutableArray<ServerDelivery> Deliveries =>
    [
        .. from one in _active
           let status = one.Agent.Status
           select Of("active", one.Settings.Servers, status.Delivery, status.ListTrouble),
        .. _push.Select(one => Of("push", one.Settings.Servers, one.Pusher.Status, null)),
    ];

    /// <summary>Starts everything.</summary>
    /// <exception cref="ZabbixStartException">An address is taken, or the buffer is another's; nothing runs then.</exception>
    public static async Task<ZabbixNode> StartAsync(ZabbixPlan plan, IItemSource items, TimeProvider clock, ILogger log)
    {
        PassiveAgent? passive = null;
        try
        {
            passive = plan.Passive is { } settings ? PassiveAgent.Start(settings, items, log, clock) : null;
            return new ZabbixNode(plan, passive, plan.Sends ? ValueBuffer.Open(plan.Buffer, clock, log) : null, items, clock, log);
        }
        catch (PassiveListenException taken)
        {
            throw new ZabbixStartException(new Phrase("cannot answer Zabbix: {0}", "无法应答 Zabbix：{0}").With(taken.Message), taken);
        }
        catch (BufferException unusable)
        {
            if (passive is not null)
                await passive.DisposeAsync().ConfigureAwait(false);
            throw new ZabbixStartException(Words(unusable), unusable);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_passive is not null)
            await _passive.DisposeAsync().ConfigureAwait(false);
        foreach (var (_, agent) in _active)
            await agent.DisposeAsync().ConfigureAwait(false);
        foreach (var (_, pusher) in _push)
            await pusher.DisposeAsync().ConfigureAwait(false);
        _buffer?.Dispose();
    }

    // Troubles of servers and disks are dealt with; whatever else ends the work is a defect, and must not end it in silence.
    private static async Task TellOfDefectAsync(Task work, string lane, ILogger log)
    {
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (work.Exception?.InnerException is { } defect)
            log.ZabbixBroken(lane, defect);
    }

    private static ServerDelivery Of(string way, ServerCluster servers, DeliveryStatus status, string? trouble) =>
        new(way, servers.ToString(), status.Lane.Waiting, status.Lane.Dropped, status.LastSuccess, status.Trouble ?? trouble);

    private static Phrase Words(BufferException unusable) => unusable.Fault switch
    {
        BufferFault.Taken => new Phrase(unusable.Message, "另一个 tcplens 正在使用 {0}：请停止其中一个，或为其指定不同的文件（[zabbix_buffer] file）").With(unusable.Path),
        BufferFault.Newer => new Phrase(unusable.Message, "{0} 由更新版本的 tcplens 写入，未作改动：请运行该版本，或改用其他文件名（[zabbix_buffer] file）").With(unusable.Path),
        _ => new Phrase(unusable.Message, "{0} 不是 tcplens 的缓冲文件，未作改动：请改用其他文件名（[zabbix_buffer] file）").With(unusable.Path),
    };
}
