using TcpLens.Core.History;
using TcpLens.Core.Metrics;
using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Readings;
using TcpLens.Outputs.History;
using TcpLens.UnitTests.CommandLine;
using Xunit;

namespace TcpLens.UnitTests.History;

/// <summary>A history in a directory of its own, with a clock that stands until it is moved.</summary>
internal sealed class HistoryBox : TimeProvider, IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 4, 5, 0, 0, TimeSpan.Zero);

    public static readonly MetricSeries Established = MetricSeries.Find("sockets.established")!;

    public static readonly MetricSeries TimeWait = MetricSeries.Find("sockets.time_wait")!;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private static readonly DetailedReading s_reading = new()
    {
        At = Start,
        States = SampleReadings.Rich.Namespaces[0].Reading!,
        Counters = new KernelCounters(),
        Limits = new KernelLimits(),
        Ports = [],
        Destinations = [],
    };

    private readonly HistoryStore?[] _store = new HistoryStore?[1];
    private readonly bool _isOwner;
    private long _number;

    public HistoryBox(string? folder = null)
    {
        _isOwner = folder is null;
        Folder = folder ?? Directory.CreateTempSubdirectory("tcplens-history-").FullName;
        Settings = new HistorySettings(Path.Combine(Folder, "history.db"));
    }

    public string Folder { get; }

    public HistorySettings Settings { get; set; }

    public DateTimeOffset Now { get; set; } = Start;

    public TimeSpan Uptime { get; set; }

    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>What the history told of itself.</summary>
    public List<Annotation> Told { get; } = [];

    public HistoryStore Store => _store[0] ??= HistoryStore.Open(Settings, this, Told.Add);

    public override DateTimeOffset GetUtcNow() => Now;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long GetTimestamp() => Uptime.Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Adds a tick with a number for ESTABLISHED, and half of it for TIME_WAIT, then lets the interval pass.</summary>
    public void Tick(double? established = 1, bool isRead = true)
    {
        var values = SeriesValues.Unknown.SetItem(Established.Place, established).SetItem(TimeWait.Place, established / 2);
        Store.Add(new Report
        {
            Number = ++_number,
            At = Now,
            Uptime = Uptime,
            HostName = "box",
            Kernel = "6.12",
            Own = isRead ? s_reading : null,
            OwnName = new("host", 1),
            Pace = new SamplingPace { Wanted = Interval, Interval = Interval, BudgetPercent = 1, Cost = TimeSpan.Zero, UsedPercent = 0, Missed = 0, WatchesAll = false },
            Values = isRead ? values : SeriesValues.Unknown,
        });
        // The queue is bounded: a test that runs through a day in a second waits for the disk now and then.
        if (_number % (HistoryStore.WaitingMaximum / 2) == 0)
            Store.Flush(s_patience);
        Pass(Interval);
    }

    public void Ticks(int count, Func<int, double?> established)
    {
        for (int i = 0; i < count; i++)
            Tick(established(i));
    }

    public void Pass(TimeSpan time)
    {
        Now += time;
        Uptime += time;
    }

    public void Stored() => Assert.True(Store.Flush(s_patience), Store.Status.Trouble?.English ?? "not stored in time");

    /// <summary>The end of this run of the monitor and the beginning of the next.</summary>
    public void Restart()
    {
        _store[0]?.Dispose();
        _store[0] = null;
        Uptime = TimeSpan.FromSeconds(5);
    }

    public HistoryAnswer Read(DateTimeOffset from, DateTimeOffset to, int points = HistoryQuestion.MostPoints) =>
        Store.Read(new HistoryQuestion([Established, TimeWait], from, to, points));

    public HistoryAnswer ReadFile(DateTimeOffset from, DateTimeOffset to, int points = HistoryQuestion.MostPoints)
    {
        using var file = new StoredHistory(Settings.Path);
        return file.Read(new HistoryQuestion([Established, TimeWait], from, to, points));
    }

    public string[] Aside() => [.. Directory.GetFiles(Folder, "history.db.damaged-*").Where(name => !name.EndsWith("-wal", StringComparison.Ordinal) && !name.EndsWith("-shm", StringComparison.Ordinal))];

    public void Dispose()
    {
        _store[0]?.Dispose();
        if (_isOwner)
            Directory.Delete(Folder, recursive: true);
    }
}
