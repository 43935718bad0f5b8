using TcpLens.Core.Monitoring;
using Xunit;

namespace TcpLens.UnitTests.Monitoring;

/// <summary>The board on which the latest report hangs.</summary>
public sealed class Boards
{
    private static readonly CancellationToken s_end = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reader_that_waits_gets_the_next_report()
    {
        var board = new ReportBoard();
        var next = board.NextAsync(0, s_end);
        Assert.False(next.IsCompleted);
        board.Publish(SampleReports.Tick(1));
        Assert.Equal(1, (await next).Number);
    }

    [Fact]
    public async Task A_slow_reader_skips_what_it_missed()
    {
        var board = new ReportBoard();
        foreach (int number in Enumerable.Range(1, 5))
            board.Publish(SampleReports.Tick(number));
        Assert.Equal(5, (await board.NextAsync(1, s_end)).Number);
        Assert.Equal(5, board.Latest!.Number);
    }

    [Fact]
    public async Task A_reader_that_has_the_latest_waits()
    {
        var board = new ReportBoard();
        board.Publish(SampleReports.Tick(1));
        var next = board.NextAsync(1, s_end);
        Assert.False(next.IsCompleted);
        board.Publish(SampleReports.Tick(2));
        Assert.Equal(2, (await next).Number);
    }

    [Fact]
    public async Task A_reader_that_goes_away_ends_its_waiting()
    {
        using var gone = new CancellationTokenSource();
        var next = new ReportBoard().NextAsync(0, gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    [Fact]
    public async Task Many_readers_at_once_see_numbers_that_only_grow()
    {
        var board = new ReportBoard();
        var readers = Enumerable.Range(0, 20).Select(_ => Task.Run(async () =>
        {
            long seen = 0;
            while (seen < 2000)
            {
                long next = (await board.NextAsync(seen, s_end)).Number;
                Assert.True(next > seen);
                seen = next;
            }
        }, s_end)).ToArray();
        var report = SampleReports.Tick(1);
        for (long number = 1; number <= 2000; number++)
            board.Publish(report with { Number = number });
        await Task.WhenAll(readers).WaitAsync(TimeSpan.FromSeconds(30), s_end);
    }
}
