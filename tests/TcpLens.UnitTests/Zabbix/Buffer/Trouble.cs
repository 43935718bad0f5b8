using TcpLens.Sqlite;
using TcpLens.TestKit;
using TcpLens.Zabbix.Buffer;
using Xunit;

namespace TcpLens.UnitTests.Zabbix.Buffer;

/// <summary>A file that is another's, damaged, or cannot be written.</summary>
public sealed class Trouble
{
    [Fact]
    public void Two_processes_do_not_share_a_file()
    {
        using var box = new BufferBox();
        using var first = box.Open();
        var taken = Assert.Throws<BufferException>(box.Open);
        Assert.Equal(BufferFault.Taken, taken.Fault);
        Assert.Equal($"another tcplens keeps its values in {box.File} already: stop one of them, or give each a file of its own", taken.Message);
    }

    [Fact]
    public void A_file_of_somebody_else_is_left_untouched()
    {
        using var box = new BufferBox();
        File.WriteAllText(box.File, new string('x', 5000));
        Assert.Equal(BufferFault.Stranger, Assert.Throws<BufferException>(box.Open).Fault);
        Assert.Equal(new string('x', 5000), File.ReadAllText(box.File));
        File.Delete(box.File);
        using (var other = SqliteDatabase.ForWriting(box.File, TimeSpan.Zero))
            other.Run("CREATE TABLE t (a); PRAGMA application_id = 77");
        Assert.Equal(BufferFault.Stranger, Assert.Throws<BufferException>(box.Open).Fault);
    }

    [Fact]
    public void A_file_of_a_newer_program_is_left_untouched()
    {
        using var box = new BufferBox();
        box.Open().Dispose();
        using (var newer = SqliteDatabase.ForWriting(box.File, TimeSpan.Zero))
            newer.Run("PRAGMA user_version = 2");
        Assert.Equal(BufferFault.Newer, Assert.Throws<BufferException>(box.Open).Fault);
    }

    [Fact]
    public void A_damaged_file_is_set_aside_and_a_new_one_begun()
    {
        using var box = new BufferBox();
        using (var buffer = box.Open())
            BufferBox.Fill(buffer.Lane("a"), 0, 1000);
        using (var file = File.OpenWrite(box.File))
        {
            file.Position = 4096;
            file.Write(new byte[20_000]);
        }

        using (var buffer = box.Open())
        {
            Assert.Null(buffer.Status.Trouble);
            BufferBox.Fill(buffer.Lane("a"), 7, 2);
            Assert.Equal([7L, 8L], BufferBox.Waiting(buffer.Lane("a")));
        }

        Assert.True(File.Exists(box.File + ".damaged-20260304T050000Z"));
        Assert.Contains(box.Logged, line => line.Contains("was damaged; it was set aside as", StringComparison.Ordinal));
    }

    [Fact]
    public void Header_and_all_may_be_damaged()
    {
        using var box = new BufferBox();
        using (var buffer = box.Open())
            BufferBox.Fill(buffer.Lane("a"), 0, 10);
        using (var file = File.OpenWrite(box.File))
            file.Write(new byte[4096]);
        using var again = box.Open();
        Assert.Null(again.Status.Trouble);
        Assert.Single(Directory.GetFiles(box.Folder, "*.damaged-*"));
    }

    [Fact]
    public void Values_wait_in_memory_while_the_file_cannot_be_made_and_are_stored_later()
    {
        using var box = new BufferBox();
        string folder = Path.Combine(box.Folder, "not", "there");
        box.Settings = box.Settings with { Path = Path.Combine(folder, "values.db"), MemoryValuesMaximum = 100 };
        File.WriteAllText(Path.Combine(box.Folder, "not"), "a file where a directory should be");
        using (var buffer = box.Open())
        {
            var lane = buffer.Lane("a");
            Assert.NotNull(buffer.Status.Trouble);
            BufferBox.Fill(lane, 0, 150);
            Assert.Equal((100, 100, 50L), (lane.Status.Waiting, lane.Status.InMemory, lane.Status.Dropped));
            lane.Remove(lane.Peek(10, 1 << 20)[^1]);
            lane.Note = "note";

            File.Delete(Path.Combine(box.Folder, "not"));
            BufferBox.Fill(lane, 150, 1);
            Assert.Equal(91, lane.Status.InMemory);
            box.Clock.Advance(TimeSpan.FromSeconds(11));
            BufferBox.Fill(lane, 151, 1);
            Assert.Equal((92, 0, 50L), (lane.Status.Waiting, lane.Status.InMemory, lane.Status.Dropped));
            Assert.Null(buffer.Status.Trouble);
            Assert.Contains(box.Logged, line => line == $"Information: {box.File} can be written again; 91 values were taken over from memory");
        }

        using var again = box.Open();
        Assert.Equal((50L, "note"), (again.Lane("a").Status.Dropped, again.Lane("a").Note));
        Assert.Equal(BufferBox.Numbers(60, 92), BufferBox.Waiting(again.Lane("a")));
    }

    [Fact]
    public void A_lock_of_another_program_costs_neither_values_nor_order()
    {
        using var box = new BufferBox();
        using var buffer = box.Open();
        var lane = buffer.Lane("a");
        BufferBox.Fill(lane, 0, 5);
        var first = lane.Peek(2, 1000);
        using (var shell = SqliteDatabase.ForWriting(box.File, TimeSpan.Zero))
        {
            shell.Run("BEGIN IMMEDIATE");
            lane.Remove(first[^1]);
            BufferBox.Fill(lane, 5, 3);
            Assert.StartsWith("another program has locked", buffer.Status.Trouble, StringComparison.Ordinal);
            // What is done does not come again, and what is in the file comes before what is in memory.
            Assert.Equal([2L, 3, 4], lane.Peek(10, 1000).Select(value => value.Value.Clock));
            shell.Run("ROLLBACK");
        }

        box.Clock.Advance(TimeSpan.FromSeconds(11));
        BufferBox.Fill(lane, 8, 1);
        Assert.Null(buffer.Status.Trouble);
        string[] sessions = [.. lane.Peek(10, 1000).Select(value => value.Session).Distinct(StringComparer.Ordinal)];
        Assert.Equal([first[0].Session], sessions);
        Assert.Equal(BufferBox.Numbers(2, 7), BufferBox.Waiting(lane));
    }

    [Fact]
    public async Task Kills_cost_nothing_that_was_stored()
    {
        using var box = new BufferBox();
        var random = new Random();
        var stored = new List<long>();
        for (int i = 0; i < 5; i++)
        {
            using var writer = ValueProcess.Start("add", box.File);
            long last = 0;
            for (int lines = random.Next(1, 3000); lines > 0; lines--)
                last = long.Parse((await writer.Line())!);
            // The last line may be cut off.
            string[] rest = (await writer.Kill()).Split('\n');
            last = rest.Length > 1 ? long.Parse(rest[^2]) : last;
            using var buffer = box.Open();
            // Every run counts from one; what was in flight may be there or not.
            var there = BufferBox.Waiting(buffer.Lane("test"));
            Assert.Equal(BufferBox.Numbers(1, there.Length), there);
            Assert.InRange(there.Length, last, last + 1);
            stored.Add(there.Length);
        }

        Assert.All(stored, count => Assert.True(count > 0));
        using var file = SqliteDatabase.ForReading(box.File, isImmutable: false, TimeSpan.Zero);
        Assert.Equal("ok", file.Word("PRAGMA integrity_check"));
    }

    [Fact]
    public async Task A_full_disk_makes_values_wait_in_memory_and_ends_by_itself()
    {
        Require.Root();
        using var box = new BufferBox();
        using var writer = ValueProcess.Behind($"mount -t tmpfs -o size=16m none {box.Folder}", "disk", box.File);
        Assert.Equal("100 waiting, 0 in memory, 0 dropped: ", await writer.Ask("add 100"));
        await writer.Ask("fill");
        // The journal has pages of its own that can be used again: it takes a while to be full.
        Assert.Equal($"5100 waiting, 5000 in memory, 0 dropped: the disk with {box.File} is full: free some space", await writer.Ask("large 5000"));
        await writer.Ask("free");
        await Until(writer, "5200 waiting, 0 in memory, 0 dropped: ");
        Assert.Equal("5200 in order", await writer.Ask("check"));
    }

    private static async Task Until(ValueProcess writer, string end)
    {
        string now = await writer.Ask("add 100");
        while (now != end && now.Contains("is full", StringComparison.Ordinal))
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
            now = await writer.Ask("add 0");
        }

        Assert.Equal(end, now);
    }
}
