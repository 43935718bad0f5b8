using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using TcpLens.Core.Diagnosis;
using TcpLens.Core.History;
using TcpLens.Serving;
using Xunit;

namespace TcpLens.UnitTests.Serving;

/// <summary>What was usual at this hour is asked of the history beside the loop, now and then, and never for long.</summary>
public sealed class UsualNumbers
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Both_hours_are_averaged_and_read_anew_every_five_minutes()
    {
        var clock = new FakeTimeProvider(s_now);
        var history = new Hours(known: 60);
        await using var usual = new UsualHours(history, clock);
        Assert.Same(Usual.Unknown, usual.Latest);
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal((1, 7), (usual.Latest.Yesterday["sockets.close_wait"], usual.Latest.LastWeek["busiest.ports"]));
        Assert.Equal([s_now.AddDays(-1), s_now.AddDays(-7)], history.Asked.Select(one => one.From + TimeSpan.FromMinutes(30) - TimeSpan.FromSeconds(10)));
        Assert.All(history.Asked, one => Assert.Equal((TimeSpan.FromHours(1), 60), (one.To - one.From, one.PointsMaximum)));
        clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(4, history.Asked.Count);
    }

    [Fact]
    public async Task Half_an_hour_that_is_not_known_is_no_hour()
    {
        var clock = new FakeTimeProvider(s_now);
        await using var usual = new UsualHours(new Hours(known: 29), clock);
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Empty(usual.Latest.Yesterday);
    }

    [Fact]
    public async Task Without_a_history_nothing_is_usual()
    {
        var clock = new FakeTimeProvider(s_now);
        await using var usual = new UsualHours(new NoHistory(new("off", "关闭")), clock);
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Empty(usual.Latest.Yesterday);
    }

    /// <summary>As many sockets of each state as days have passed, in the first minutes of the hour.</summary>
    private sealed class Hours(int known) : IHistory
    {
        public List<HistoryQuestion> Asked { get; } = [];

        public HistoryStatus Status => new() { IsKept = true };

        public HistoryAnswer Read(HistoryQuestion question)
        {
            Asked.Add(question);
            double days = Math.Round((s_now - question.From).TotalDays);
            ImmutableArray<double?> values = [.. Enumerable.Range(0, 60).Select(minute => minute < known ? days : (double?)null)];
            return HistoryAnswer.Empty(question, null) with
            {
                Step = TimeSpan.FromMinutes(1),
                Times = [.. Enumerable.Range(0, 60).Select(minute => question.From.AddMinutes(minute).ToUnixTimeMilliseconds())],
                Curves = [.. question.Series.Select(series => new HistoryCurve(series, values, values, values))],
            };
        }
    }
}
