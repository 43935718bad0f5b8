using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using TcpLens.Core.Metrics;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Readings;
using TcpLens.Core.Sources;
using TcpLens.Core.Text;
using TcpLens.Linux.Reading;
using TcpLens.Serving;
using TcpLens.UnitTests.Monitoring;
using TcpLens.UnitTests.Zabbix;
using Xunit;

namespace TcpLens.UnitTests.Serving;

/// <summary>The resident monitor's ticks, and the loop that makes them.</summary>
public sealed class Sampling : IDisposable
{
    private static readonly SamplingPlan s_plan = new(TimeSpan.FromSeconds(1), 1, WatchesAll: false, SourceChoice.Auto);

    private readonly FakeTimeProvider _clock = new(SampleReports.At);

    private readonly Kernel _kernel = new();

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void A_tick_makes_a_report_of_what_the_kernel_says()
    {
        using var sampler = new Sampler(_kernel, s_plan, _clock);
        _clock.Advance(TimeSpan.FromSeconds(3));
        var report = sampler.Tick(missed: 7);
        Assert.Equal(
            (1, SampleReports.At + TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3), "web01", "6.12.0", 7),
            (report.Number, report.At, report.Uptime, report.HostName, report.Kernel, report.Pace.Missed));
        Assert.Same(SampleDetails.WebServer, report.Own);
        Assert.Equal(TimeSpan.FromMilliseconds(2), report.Pace.Cost);
        Assert.Equal(SampleDetails.WebServer.States.Counts[Core.Model.TcpState.TimeWait]!.Value.Total, report[MetricSeries.Find("sockets.time_wait")!]);
        Assert.Equal(2, sampler.Tick(7).Number);
    }

    [Fact]
    public void What_cannot_be_read_is_a_report_with_the_reason()
    {
        using var sampler = new Sampler(_kernel, s_plan, _clock);
        _kernel.Failure = new SourceUnavailableException("netlink", new Phrase("denied", "被拒绝"));
        var report = sampler.Tick(0);
        Assert.Null(report.Own);
        Assert.Equal("denied", report.Failure!.Value.English);
        Assert.Null(report.ToHostReading());
        _kernel.Failure = null;
        Assert.NotNull(sampler.Tick(0).Own);
    }

    [Fact]
    public void The_other_namespaces_are_read_when_all_are_watched_and_cost_their_time()
    {
        var other = new NamespaceReading("blue", 2, SampleDetails.WebServer.States with { Duration = TimeSpan.FromMilliseconds(30), Setup = TimeSpan.FromMilliseconds(8) });
        _kernel.Others = [other];
        using (var own = new Sampler(_kernel, s_plan, _clock))
            Assert.Empty(own.Tick(0).Others);
        using var all = new Sampler(_kernel, s_plan with { WatchesAll = true }, _clock);
        var report = all.Tick(0);
        Assert.Equal([other], report.Others);
        Assert.Equal(TimeSpan.FromMilliseconds(40), report.Pace.Cost);
        Assert.Equal(2, report.ToHostReading()!.Namespaces.Length);
    }

    [Fact]
    public async Task The_loop_hangs_a_report_on_the_board_each_interval_and_tells_it()
    {
        var told = new List<long>();
        var board = new ReportBoard();
        using var loop = new SamplingLoop(new Sampler(_kernel, s_plan with { Interval = TimeSpan.FromMilliseconds(5) }, TimeProvider.System), board, report => told.Add(report.Number), TimeProvider.System);
        loop.Start();
        await board.NextAsync(9, TestContext.Current.CancellationToken);
        loop.Stop();
        Assert.Equal(Enumerable.Range(1, told.Count).Select(number => (long)number), told);
        Assert.Null(await loop.Ended);
    }

    [Fact]
    public async Task A_change_comes_between_two_ticks_and_brings_the_next_one_at_once()
    {
        var board = new ReportBoard();
        using var loop = new SamplingLoop(new Sampler(_kernel, s_plan with { Interval = TimeSpan.FromHours(1) }, TimeProvider.System), board, _ => { }, TimeProvider.System);
        loop.Start();
        var first = await board.NextAsync(0, TestContext.Current.CancellationToken);
        loop.Change(() => { });
        Assert.Equal(first.Number + 1, (await board.NextAsync(first.Number, TestContext.Current.CancellationToken)).Number);
    }

    [Fact]
    public async Task A_listener_that_breaks_ends_the_loop_with_its_exception()
    {
        using var loop = new SamplingLoop(new Sampler(_kernel, s_plan, TimeProvider.System), new ReportBoard(), _ => throw new InvalidOperationException("broken"), TimeProvider.System);
        loop.Start();
        Assert.IsType<InvalidOperationException>(await loop.Ended.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    private sealed class Kernel : ISampledKernel
    {
        private int _asked;

        public Exception? Failure { get; set; }

        public ImmutableArray<NamespaceReading> Others { get; set; } = [];

        public string HostName => "web01";

        public string Release => "6.12.0";

        public NamespaceName OwnName => new("host", 4026531840);

        /// <summary>Two milliseconds from one question to the next.</summary>
        public TimeSpan CpuTime => TimeSpan.FromMilliseconds(2 * _asked++);

        public DetailedReading ReadOwn() => Failure is null ? SampleDetails.WebServer : throw Failure;

        public ImmutableArray<NamespaceReading> ReadOthers() => Others;

        public void Dispose()
        {
            // Holds nothing.
        }
    }
}
