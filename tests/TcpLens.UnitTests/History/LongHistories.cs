using TcpLens.Outputs.History;
using Xunit;

namespace TcpLens.UnitTests.History;

/// <summary>Days and years in a few seconds: what is kept, at which resolution, and how large the file becomes.</summary>
public sealed class LongHistories
{
    [Fact]
    public void A_day_at_one_a_second_keeps_what_it_is_to_keep()
    {
        using var box = new HistoryBox();
        box.Ticks(24 * 3600, i => i);
        box.Stored();
        var status = box.Store.Status;
        Assert.True(status.IsKept);
        Assert.Equal(0, status.Lost);
        Assert.Equal(HistoryBox.Start, status.Oldest);
        TestContext.Current.TestOutputHelper!.WriteLine($"{status.Bytes} bytes after a day");
        Assert.InRange(status.Bytes, 1, 32 << 20);

        // The last six hours by the second, and no more than a minute of them too few.
        var fine = box.Read(box.Now.AddHours(-2), box.Now);
        Assert.Equal(TimeSpan.FromSeconds(1), fine.Step);
        Assert.Equal(7200, fine.Times.Length);
        // What reaches behind them is told by the minute, from the beginning to the last second.
        var day = box.Read(HistoryBox.Start, box.Now);
        Assert.Equal(TimeSpan.FromMinutes(1), day.Step);
        Assert.Equal(1440, day.Times.Length);
        Assert.Equal(0, day.Curves[0].Minimum[0]);
        Assert.Equal((24 * 3600) - 1, day.Curves[0].Maximum[^1]);
        Assert.Equal(29.5, day.Curves[0].Average[0]);
        Assert.Empty(day.Annotations);
        // Nothing finer than what is kept was invented, and nothing is asked for that is gone.
        var old = box.Read(HistoryBox.Start, HistoryBox.Start.AddHours(1));
        Assert.Equal(TimeSpan.FromMinutes(1), old.Step);
        Assert.Equal(60, old.Times.Length);
    }

    [Fact]
    public void Each_resolution_is_kept_as_long_as_it_is_set()
    {
        using var box = new HistoryBox { Interval = TimeSpan.FromSeconds(30) };
        box.Settings = box.Settings with { KeepSeconds = TimeSpan.FromHours(1), KeepMinutes = TimeSpan.FromDays(1), KeepHours = TimeSpan.FromDays(3) };
        box.Ticks(5 * 2880, i => i);
        box.Stored();
        var oldest = box.Store.Status.Oldest!.Value;
        Assert.InRange(oldest, box.Now.AddDays(-3).AddHours(-2), box.Now.AddDays(-3).AddHours(1));
        var all = box.Read(HistoryBox.Start, box.Now);
        Assert.Equal(TimeSpan.FromHours(1), all.Step);
        Assert.InRange(all.Times.Length, 72, 74);
        Assert.Equal((5 * 2880) - 1, all.Curves[0].Maximum[^1]);
        Assert.Equal(TimeSpan.FromMinutes(1), box.Read(box.Now.AddHours(-23), box.Now).Step);
        Assert.Equal(TimeSpan.FromSeconds(30), box.Read(box.Now.AddMinutes(-50), box.Now).Step);
    }

    [Fact]
    public void The_file_stays_within_its_size_and_the_finest_goes_first()
    {
        using var box = new HistoryBox();
        box.Settings = box.Settings with { SizeMaximum = HistorySettings.SmallestSize };
        long largest = 0;
        for (int i = 0; i < 36 * 3600; i++)
        {
            box.Tick(i * 1.37);
            if (i % 600 == 0)
            {
                box.Stored();
                largest = Math.Max(largest, box.Store.Status.Bytes);
            }
        }

        box.Stored();
        Assert.InRange(largest, 1, HistorySettings.SmallestSize);
        Assert.Equal(HistoryBox.Start, box.Store.Status.Oldest);
        Assert.Equal(TimeSpan.FromSeconds(1), box.Read(box.Now.AddMinutes(-10), box.Now).Step);
        Assert.Equal(600, box.Read(box.Now.AddMinutes(-10), box.Now).Times.Length);
        Assert.Equal(TimeSpan.FromMinutes(1), box.Read(box.Now.AddHours(-23), box.Now).Step);
    }

    [Fact]
    public void Readers_see_whole_points_while_the_writer_writes()
    {
        using var box = new HistoryBox();
        box.Ticks(120, i => i);
        box.Stored();
        using var end = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 8).Select(n => Task.Factory.StartNew(Read, n, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        box.Ticks(3 * 3600, i => 120 + i);
        box.Stored();
        end.Cancel();
#pragma warning disable xUnit1031 // The readers end by themselves.
        Task.WaitAll(readers, TestContext.Current.CancellationToken);
#pragma warning restore xUnit1031
        Assert.Equal(0, box.Store.Status.Lost);

        void Read(object? number)
        {
            int n = (int)number!;
            do
            {
                var answer = n % 2 == 0 ? box.Read(HistoryBox.Start, HistoryBox.Start.AddDays(1), 50 + n) : box.ReadFile(HistoryBox.Start, HistoryBox.Start.AddDays(1));
                Assert.Null(answer.Trouble);
                Assert.NotEmpty(answer.Times);
                Assert.Equal(0, answer.Curves[0].Minimum[0]);
                Assert.Equal(answer.Times.Order(), answer.Times);
            }
            while (!end.IsCancellationRequested);
        }
    }
}
