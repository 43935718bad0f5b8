using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using TcpLens.Zabbix.Buffer;
using TcpLens.Zabbix.Sender;
using TcpLens.Zabbix.Transport;
using TcpLens.Zabbix.Wire;

namespace TcpLens.Zabbix.Active;

/// <summary>
/// Active checks for one server or cluster: asks what to collect, collects it, and sends it. Values are on disk before they are sent. While the
/// server is away, collecting goes on by the last list, also after a restart. The server stores each value once: it knows those that it gets
/// twice by session and id, and after a restart of its own its database by item, clock and nanoseconds (tables made by 6.0 or newer).
/// </summary>
/// <remarks>
/// Values are sent only while the server answers the question for the list. Not to know the host ("failed") may be a matter of minutes, as on a
/// proxy that has just begun; values that are sent then are thrown away by their ids even later. So they wait.
/// </remarks>
public sealed class ActiveAgent : IAsyncDisposable
{
    private static readonly TimeSpan s_refreshOfNews = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_refreshOfAll = TimeSpan.FromSeconds(120);

    /// <summary>The longest wait without a look at the clock, which may have been set.</summary>
    private static readonly TimeSpan s_longestSleep = TimeSpan.FromSeconds(10);

    private readonly ActiveSettings _settings;
    private readonly IItemSource _items;
    private readonly BufferLane _lane;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly ServerPeer _peer;
    private readonly Delivery _delivery;
    private readonly ItemSchedule _schedule;
    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _changed = new(0);
    private readonly List<Task> _collections = [];
    private readonly Lock _lock = new();
    private Task _work = Task.CompletedTask;
    private string? _trouble;
    private DateTimeOffset? _lastList;
    private bool _isIncremental;
    private string _session = "";
    private ulong _revision;
    private long? _unknownSince;
    private long? _heartbeatAt;

    private ActiveAgent(ActiveSettings settings, IItemSource items, ValueBuffer buffer, IClientSecurity security, TimeProvider clock, ILogger log)
    {
        _settings = settings;
        _items = items;
        _lane = buffer.Lane(settings.LaneName);
        _clock = clock;
        _log = log;
        _peer = new ServerPeer(settings.Servers, security, settings.Delivery.Patience, clock);
        _delivery = new Delivery(_lane, _peer, settings.Delivery, values => ActiveMessages.Data(settings, values, clock.GetUtcNow()), clock, log) { IsHeld = true };
        _schedule = new ItemSchedule(settings.Zone);
    }

    public ActiveStatus Status
    {
        get
        {
            var delivery = _delivery.Status;
            lock (_lock)
            {
                return new ActiveStatus
                {
                    Delivery = delivery,
                    Items = _schedule.Count,
                    LastList = _lastList,
                    ListTrouble = _trouble,
                    IsIncremental = _isIncremental,
                };
            }
        }
    }

    /// <summary>Ends with the agent; faulted when a defect has ended it before.</summary>
    public Task Completion => _work;

    /// <summary>Begins, with the list from before a restart if there is one.</summary>
    public static ActiveAgent Start(ActiveSettings settings, IItemSource items, ValueBuffer buffer, IClientSecurity security, TimeProvider clock, ILogger log)
    {
        var agent = new ActiveAgent(settings, items, buffer, security, clock, log);
        if (ActiveChecksAnswer.TryParse(Encoding.UTF8.GetBytes(agent._lane.Note), out var last) && last.Items is { } known)
            agent._schedule.Take(known, clock.GetUtcNow().ToUnixTimeSeconds(), isRemembered: true);
        var end = agent._end.Token;
        agent._work = Loops.RunAsync(agent._end, agent.RefreshAsync(end), agent.CollectAsync(end), agent._delivery.RunAsync(end));
        return agent;
    }

    /// <summary>Ends. What has not been sent stays in the buffer.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
        _changed.Dispose();
    }

    private async Task RefreshAsync(CancellationToken cancel)
    {
        var pause = _settings.Delivery.FirstPause;
        while (true)
        {
            TimeSpan wait;
            if (await AskForListAsync(cancel).ConfigureAwait(false))
            {
                pause = _settings.Delivery.FirstPause;
                await BeatAsync(cancel).ConfigureAwait(false);
                wait = _settings.Refresh ?? (_isIncremental ? s_refreshOfNews : s_refreshOfAll);
            }
            else
            {
                wait = pause;
                pause = TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, _settings.Delivery.LongestPause.Ticks));
            }

            await Task.Delay(wait, _clock, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Asks once; <see langword="false"/> when nobody answers, or the server does not know the host.</summary>
    private async Task<bool> AskForListAsync(CancellationToken cancel)
    {
        string session = _lane.Session;
        if (session != _session)
            _revision = 0;
        _session = session;
        try
        {
            var (data, _) = await _peer.AskAsync(ActiveMessages.ListRequest(_settings, session, _revision), cancel).ConfigureAwait(false);
            if (!ActiveChecksAnswer.TryParse(data, out var answer))
                throw new ServerException($"{_peer.Address} answers something that is no list of items");
            if (answer.Common.IsSuccess)
            {
                Take(answer, data);
                return true;
            }

            Refuse(answer.Common.Info.Length > 0 ? answer.Common.Info : "the server says no reason");
        }
        catch (ServerException silent)
        {
            // Perhaps the server believes that we have the news.
            _revision = 0;
            Complain(silent.Message);
        }

        return false;
    }

    private void Take(ActiveChecksAnswer answer, byte[] data)
    {
        bool wasTrouble;
        lock (_lock)
        {
            wasTrouble = _trouble is not null || _lastList is null;
            _trouble = null;
            _lastList = _clock.GetUtcNow();
            // "Nothing new" is told without a revision.
            if (answer.Items is not null)
                _isIncremental = answer.Revision is not null;
        }

        _unknownSince = null;
        if (answer.Items is { } items)
        {
            _revision = answer.Revision ?? 0;
            Tell(_schedule.Take(items, _clock.GetUtcNow().ToUnixTimeSeconds(), isRemembered: false));
            _lane.Note = Encoding.UTF8.GetString(data);
            _changed.Release();
        }

        if (wasTrouble)
            ActiveLog.List(_log, _peer.Address.ToString(), _schedule.Count, _settings.Host);
        if (answer.Common.IsUploadPaused && !_delivery.IsHeld)
            ActiveLog.Paused(_log, _peer.Address.ToString());
        _delivery.IsHeld = answer.Common.IsUploadPaused;
        if (wasTrouble)
            _delivery.Hope();
    }

    // The server answers, but does not want this host's values now.
    private void Refuse(string info)
    {
        _revision = 0;
        _delivery.IsHeld = true;
        Complain(info);
        _unknownSince ??= _clock.GetTimestamp();
        if (_schedule.Count == 0 || _clock.GetElapsedTime(_unknownSince.Value) < _settings.KeepCollecting)
            return;
        _schedule.Take([], 0, isRemembered: false);
        _lane.Note = "";
        ActiveLog.Forgotten(_log, _settings.Host, _settings.KeepCollecting.TotalHours);
    }

    private void Complain(string trouble)
    {
        bool isNew;
        lock (_lock)
        {
            isNew = _trouble != trouble;
            _trouble = trouble;
        }

        if (isNew)
            ActiveLog.NoList(_log, _settings.Host, trouble, _schedule.Count);
    }

    private async Task BeatAsync(CancellationToken cancel)
    {
        // Servers that send no revision do not know heartbeats, and would complain in their log.
        if (!_isIncremental || _settings.Heartbeat <= TimeSpan.Zero || (_heartbeatAt is { } last && _clock.GetElapsedTime(last) < _settings.Heartbeat))
            return;
        try
        {
            await _peer.TellAsync(ActiveMessages.Heartbeat(_settings), cancel).ConfigureAwait(false);
            _heartbeatAt = _clock.GetTimestamp();
        }
        catch (ServerException silent)
        {
            Complain(silent.Message);
        }
    }

    private async Task CollectAsync(CancellationToken cancel)
    {
        while (true)
        {
            var now = _clock.GetUtcNow();
            var due = _schedule.TakeDue(now.ToUnixTimeSeconds());
            if (due.Count > 0)
            {
                _collections.RemoveAll(collection => collection.IsCompletedSuccessfully);
                _collections.Add(CollectAsync(due, now, cancel));
                if (_collections.Find(collection => collection.IsFaulted) is { } defect)
                    await defect.ConfigureAwait(false);
            }

            var sleep = s_longestSleep;
            if (_schedule.Due is { } next && next < now.ToUnixTimeSeconds() + 60)
                sleep = DateTimeOffset.FromUnixTimeSeconds(next) - _clock.GetUtcNow();
            sleep = TimeSpan.FromTicks(Math.Clamp(sleep.Ticks, TimeSpan.TicksPerMillisecond, s_longestSleep.Ticks));
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            await Task.WhenAny(Task.Delay(sleep, _clock, either.Token), _changed.WaitAsync(either.Token)).ConfigureAwait(false);
            await either.CancelAsync().ConfigureAwait(false);
            cancel.ThrowIfCancellationRequested();
        }
    }

    private async Task CollectAsync(IReadOnlyList<ScheduledItem> due, DateTimeOffset at, CancellationToken cancel)
    {
        var time = ValueTime.Of(at);
        try
        {
            var answers = await Task.WhenAll(due.Select(item => AskAsync(item.Item, cancel))).ConfigureAwait(false);
            _lane.Add([.. due.Zip(answers, (item, answer) => ValueOf(item.Item, answer, time))]);
            _delivery.Wake();
        }
        finally
        {
            _schedule.Release(due);
        }
    }

    private async Task<AgentAnswer> AskAsync(ActiveItem item, CancellationToken cancel)
    {
        var patience = item.Timeout ?? _settings.ItemTimeout;
        using var limit = new CancellationTokenSource(patience, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            return await _items.AnswerAsync(item.Key, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return AgentAnswer.NotSupported($"Timeout occurred while gathering data: more than {patience.TotalSeconds} s.");
        }
    }

    // The server shows the reason at the item.
    private void Tell(IReadOnlyList<ActiveItem> wrong)
    {
        if (wrong.Count == 0)
            return;
        var time = ValueTime.Of(_clock.GetUtcNow());
        _lane.Add([.. wrong.Select(item => ValueOf(item, AgentAnswer.NotSupported($"Invalid update interval \"{item.Delay}\"."), time))]);
        _delivery.Wake();
    }

    private static NewValue ValueOf(ActiveItem item, AgentAnswer answer, ValueTime time) =>
        new(item.Id.ToString(CultureInfo.InvariantCulture), answer.Text, answer.IsSupported, time.Clock, time.Nanoseconds);
}
