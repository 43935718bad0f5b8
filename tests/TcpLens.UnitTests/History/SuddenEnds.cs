using TcpLens.Sqlite;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.UnitTests.History;

/// <summary>kill -9 at random moments: what was stored is there, and the file is sound.</summary>
public sealed class SuddenEnds
{
    private static readonly Random s_random = new();

    [Fact]
    public async Task Ten_kills_cost_nothing_that_was_stored() => await Kill(10);

    [Fact]
    [Trait("Category", "Soak")]
    public async Task Many_kills_cost_nothing_that_was_stored()
    {
        Require.That(Environment.GetEnvironmentVariable("TCPLENS_SOAK") == "1", "takes minutes: run ./dev soak");
        await Kill(int.TryParse(Environment.GetEnvironmentVariable("TCPLENS_SOAK_KILLS"), out int kills) ? kills : 100);
    }

    private static async Task Kill(int times)
    {
        using var box = new HistoryBox();
        var stored = new List<long>();
        for (int i = 0; i < times; i++)
        {
            using var writer = WriterProcess.On(box.Settings.Path, box.Now);
            await writer.Tell("run");
            // From the first row on, at any moment: in a row, in a roll-up, in a checkpoint.
            for (int rows = s_random.Next(1, 400); rows > 0 && await writer.Line() is { } line; rows--)
                stored.Add(long.Parse(line));
            await Task.Delay(s_random.Next(5), TestContext.Current.CancellationToken);
            stored.AddRange((await writer.Kill()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.Length == 13).Select(long.Parse));
            // The run after it goes on a second later; a row in flight may be there or not.
            box.Now = DateTimeOffset.FromUnixTimeMilliseconds(stored[^1]).AddSeconds(2);
        }

        using (var file = SqliteDatabase.ForReading(box.Settings.Path, isImmutable: false, TimeSpan.Zero))
        {
            Assert.Equal("ok", file.Word("PRAGMA integrity_check"));
            var there = new HashSet<long>();
            using var rows = file.Prepare("SELECT at FROM second");
            while (rows.Step())
                there.Add(rows.Integer(0));
            Assert.Empty(stored.Except(there));
            Assert.InRange(there.Count, stored.Count, stored.Count + times);
        }

        // The next run rolls up what the killed ones left.
        box.Tick();
        box.Stored();
        using var after = SqliteDatabase.ForReading(box.Settings.Path, isImmutable: false, TimeSpan.Zero);
        Assert.Equal(
            after.Number("SELECT count(*) FROM second WHERE at < (SELECT max(at) FROM second) / 60000 * 60000"), after.Number("SELECT sum(samples) FROM minute"));
    }
}
