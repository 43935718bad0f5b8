using Microsoft.Extensions.Logging;
using TcpLens.Zabbix.Buffer;
using TcpLens.Zabbix.Transport;
using TcpLens.Zabbix.Wire;

namespace TcpLens.Zabbix.Sender;

/// <summary>
/// Collects items at an interval and sends them to trapper items. Values are on disk before they are sent and wait there while the peer is away.
/// Each arrives at least once: the trapper protocol has no ids, so a message whose acknowledgement is lost is sent again and taken in again. All
/// copies have the same clock and nanoseconds.
/// </summary>
public sealed class ValuePusher : IAsyncDisposable
{
    private readonly PusherSettings _settings;
    private readonly IItemSource _items;
    private readonly BufferLane _lane;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Delivery _delivery;
    private readonly CancellationTokenSource _end = new();
    private readonly HashSet<string> _unsupported = new(StringComparer.Ordinal);
    private Task _work = Task.CompletedTask;

    private ValuePusher(PusherSettings settings, IItemSource items, ValueBuffer buffer, IClientSecurity security, TimeProvider clock, ILogger log)
    {
        _settings = settings;
        _items = items;
        _lane = buffer.Lane(settings.LaneName);
        _clock = clock;
        _log = log;
        var peer = new ServerPeer(settings.Servers, security, settings.Delivery.Patience, clock);
        _delivery = new Delivery(_lane, peer, settings.Delivery, Message, clock, log);
    }

    public DeliveryStatus Status => _delivery.Status;

    /// <summary>Ends with the pusher; faulted when a defect has ended it before.</summary>
    public Task Completion => _work;

    /// <summary>Begins; what waits from before is sent first.</summary>
    public static ValuePusher Start(PusherSettings settings, IItemSource items, ValueBuffer buffer, IClientSecurity security, TimeProvider clock, ILogger log)
    {
        var pusher = new ValuePusher(settings, items, buffer, security, clock, log);
        pusher._work = Loops.RunAsync(pusher._end, pusher.CollectAsync(pusher._end.Token), pusher._delivery.RunAsync(pusher._end.Token));
        return pusher;
    }

    /// <summary>Ends. What has not been sent stays in the buffer.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private byte[] Message(IReadOnlyList<WaitingValue> values) =>
        TrapperMessage.ToBytes([.. values.Select(one => new TrapperValue(_settings.Host, one.Value.Item, one.Value.Text, one.Value.Clock, one.Value.Nanoseconds))], _clock.GetUtcNow());

    private async Task CollectAsync(CancellationToken cancel)
    {
        long due = 0;
        while (true)
        {
            var now = _clock.GetUtcNow();
            long last = now.Ticks - (now.Ticks % _settings.Interval.Ticks);
            if (last != due && due != 0)
            {
                await CollectAsync(now, cancel).ConfigureAwait(false);
                _delivery.Wake();
            }

            due = last;
            await Task.Delay(TimeSpan.FromTicks(Math.Max(last + _settings.Interval.Ticks - _clock.GetUtcNow().Ticks, TimeSpan.TicksPerMillisecond)), _clock, cancel).ConfigureAwait(false);
        }
    }

    private async Task CollectAsync(DateTimeOffset at, CancellationToken cancel)
    {
        var asked = _settings.Keys.Select(key => _items.AnswerAsync(key, cancel).AsTask()).ToArray();
        var answers = await Task.WhenAll(asked).ConfigureAwait(false);
        var time = ValueTime.Of(at);
        var values = new List<NewValue>();
        for (int i = 0; i < answers.Length; i++)
        {
            string key = _settings.Keys[i];
            if (answers[i].IsSupported)
            {
                values.Add(new NewValue(key, answers[i].Text, true, time.Clock, time.Nanoseconds));
                _unsupported.Remove(key);
            }
            else if (_unsupported.Add(key))
            {
                // A trapper item cannot be told why there is no value.
                SenderLog.NotSupported(_log, key, answers[i].Text);
            }
        }

        if (values.Count > 0)
            _lane.Add(values);
    }
}
