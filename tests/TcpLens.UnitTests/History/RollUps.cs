using CsCheck;
using TcpLens.Core.History;
using Xunit;

namespace TcpLens.UnitTests.History;

/// <summary>What is stored comes back, at every resolution, as a naive model has it.</summary>
public sealed class RollUps
{
    private static readonly Gen<(int Seconds, int Value, int Kind)[]> s_ticks = Gen.Select(Gen.Int[1, 400], Gen.Int[-5, 1000], Gen.Int[0, 20]).Array[1, 120];

    [Fact]
    public void Samples_come_back_as_they_were()
    {
        using var box = new HistoryBox();
        box.Ticks(90, i => i % 7 == 3 ? null : i);
        box.Stored();
        var answer = box.Read(HistoryBox.Start, box.Now);
        Assert.Null(answer.Trouble);
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Step);
        Assert.Equal(Enumerable.Range(0, 90).Select(i => HistoryBox.Start.AddSeconds(i).ToUnixTimeMilliseconds()), answer.Times);
        Assert.Equal(Enumerable.Range(0, 90).Select(i => i % 7 == 3 ? null : (double?)i), answer.Curves[0].Average);
        Assert.Equal(answer.Curves[0].Average, answer.Curves[0].Minimum);
        Assert.Equal(answer.Curves[0].Average, answer.Curves[0].Maximum);
        Assert.Equal(Enumerable.Range(0, 90).Select(i => i % 7 == 3 ? null : (double?)i / 2), answer.Curves[1].Average);
        Assert.Empty(answer.Annotations);
    }

    [Fact]
    public void A_spike_of_one_second_survives_to_the_hour()
    {
        using var box = new HistoryBox();
        box.Ticks(3 * 3600, i => i == 4000 ? 999 : 5);
        box.Stored();
        var answer = box.Read(HistoryBox.Start, box.Now, 3);
        Assert.Equal(TimeSpan.FromHours(1), answer.Step);
        Assert.Equal([5, 999, 5], answer.Curves[0].Maximum);
        Assert.Equal([5, 5, 5], answer.Curves[0].Minimum);
        Assert.Equal(5 + (994 / 3600.0), answer.Curves[0].Average[1]!.Value, 9);
    }

    /// <summary>Random intervals, unknown values, failed ticks and restarts: points of any length hold what the model has.</summary>
    [Fact]
    public void Every_length_of_a_point_agrees_with_a_naive_model() => s_ticks.Sample(Agrees, iter: 40, threads: 1);

    [Theory]
    [InlineData(500)]
    [InlineData(1000)]
    [InlineData(1370)]
    [InlineData(5000)]
    [InlineData(90_000)]
    public void A_curve_without_gaps_has_none_at_any_resolution(int interval)
    {
        using var box = new HistoryBox { Interval = TimeSpan.FromMilliseconds(interval), Now = HistoryBox.Start.AddMilliseconds(-3) };
        for (int i = 0; i < 700; i++)
        {
            box.Tick(i);
            // A timer is never exact; here it is off to both sides of a full second.
            box.Now += TimeSpan.FromMilliseconds(i % 2 == 0 ? 7 : -7);
        }

        box.Stored();
        foreach (int points in new[] { 700, 300, 100, 20 })
        {
            var answer = box.Read(HistoryBox.Start.AddSeconds(-1), box.Now, points);
            Assert.InRange(answer.Times.Length, 2, points);
            long step = (long)answer.Step.TotalMilliseconds;
            var distances = answer.Times.Zip(answer.Times.Skip(1), (a, b) => b - a).ToArray();
            Assert.True(distances.Max() <= step + 14, $"{points} points: {distances.Max()} ms between two points of {step} ms");
            Assert.Empty(answer.Annotations);
        }
    }

    private static bool Agrees((int Seconds, int Value, int Kind)[] ticks)
    {
        using var box = new HistoryBox();
        box.Settings = box.Settings with { KeepSeconds = TimeSpan.FromDays(10) };
        var model = new List<(long At, double? Value)>();
        foreach (var (seconds, value, kind) in ticks)
        {
            // A restart in the middle of a minute must roll up right.
            if (kind == 0)
                box.Restart();
            bool isRead = kind != 1;
            double? known = kind == 2 ? null : value;
            if (isRead)
                model.Add((box.Now.ToUnixTimeMilliseconds(), known));
            box.Tick(known, isRead);
            box.Pass(TimeSpan.FromSeconds(seconds - 1));
        }

        box.Stored();
        foreach (int points in new[] { 10_000, 500, 60, 7, 2 })
            AssertAgrees(box.Read(HistoryBox.Start, box.Now, points), model, points);
        return true;
    }

    private static void AssertAgrees(HistoryAnswer answer, List<(long At, double? Value)> model, int points)
    {
        Assert.Null(answer.Trouble);
        Assert.True(answer.Times.Length <= points);
        long step = (long)answer.Step.TotalMilliseconds;
        bool isWhole = model.Count <= points;
        var expected = model.GroupBy(one => isWhole ? one.At : one.At - (one.At % step)).OrderBy(group => group.Key).ToArray();
        Assert.Equal(expected.Select(group => group.Key), answer.Times);
        for (int i = 0; i < expected.Length; i++)
        {
            var known = expected[i].Where(one => one.Value is not null).Select(one => one.Value!.Value).ToArray();
            Assert.Equal(known.Length == 0 ? null : known.Min(), answer.Curves[0].Minimum[i]);
            Assert.Equal(known.Length == 0 ? null : known.Max(), answer.Curves[0].Maximum[i]);
            Assert.Equal(known.Length == 0, answer.Curves[0].Average[i] is null);
            if (known.Length > 0)
                Assert.Equal(known.Average(), answer.Curves[0].Average[i]!.Value, 6);
        }
    }
}
