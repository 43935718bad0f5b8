using TcpLens.Core.Monitoring;
using TcpLens.Outputs.History;
using TcpLens.Sqlite;
using Xunit;

namespace TcpLens.UnitTests.History;

/// <summary>Files that are damaged, foreign, locked, forbidden or without room: the monitor goes on and says what happened.</summary>
public sealed class Trouble
{
    [Fact]
    public void A_file_truncated_anywhere_is_set_aside_or_read_and_storing_goes_on()
    {
        byte[] whole = SomeHistory();
        for (int length = 0; length < whole.Length; length += length < 200 ? 7 : 3001)
            AssertGoesOn(whole[..length]);
    }

    [Fact]
    public void A_file_with_flipped_bits_never_stops_the_monitor()
    {
        byte[] whole = SomeHistory();
        var random = new Random(20260304);
        for (int run = 0; run < 60; run++)
        {
            byte[] damaged = [.. whole];
            for (int flip = 0; flip <= run % 12; flip++)
                damaged[random.Next(run % 3 == 0 ? 4096 : damaged.Length)] ^= (byte)(1 << random.Next(8));
            AssertGoesOn(damaged);
        }
    }

    [Fact]
    public void A_damaged_file_is_kept_as_it_was_beside_the_new_one()
    {
        using var box = new HistoryBox();
        byte[] damaged = SomeHistory();
        damaged.AsSpan(4096 * 3, 4096 * 5).Fill(0xa5);
        File.WriteAllBytes(box.Settings.Path, damaged);
        box.Now = HistoryBox.Start.AddDays(1);
        box.Stored();
        box.Ticks(10, i => i);
        box.Stored();
        string aside = Assert.Single(box.Aside());
        Assert.Equal("history.db.damaged-20260305T050000Z", Path.GetFileName(aside));
        Assert.Equal(damaged, File.ReadAllBytes(aside));
        Assert.Equal([AnnotationKind.History, AnnotationKind.History], box.Told.Select(told => told.Kind).Take(2));
        Assert.Contains(aside, box.Told[1].Text.English, StringComparison.Ordinal);
        var answer = box.Read(HistoryBox.Start, box.Now);
        Assert.Equal(10, answer.Times.Length);
        Assert.Contains(answer.Annotations, told => told.Text == box.Told[1].Text);
    }

    [Fact]
    public void Damage_that_only_a_reader_meets_is_found_and_set_aside()
    {
        using var box = new HistoryBox();
        box.Ticks(4000, i => i);
        box.Stored();
        box.Restart();
        box.Tick();
        box.Stored();
        // Behind the back of the writer, in the middle of old samples.
        using (var file = new FileStream(box.Settings.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            byte[] garbage = new byte[4096 * 50];
            new Random(1).NextBytes(garbage);
            file.Position = 4096 * 20;
            file.Write(garbage);
        }

        var answer = box.Read(HistoryBox.Start, box.Now);
        Assert.NotNull(answer.Trouble);
        box.Ticks(5, i => i);
        box.Store.Flush(TimeSpan.FromSeconds(30));
        box.Stored();
        Assert.Single(box.Aside());
        Assert.NotEmpty(box.Read(HistoryBox.Start, box.Now).Times);
    }

    [Theory]
    [InlineData("CREATE TABLE t (a); INSERT INTO t VALUES (1)")]
    [InlineData("PRAGMA application_id = 252006673; CREATE TABLE t (a)")]
    public void The_database_of_another_program_is_refused_and_not_touched(string sql)
    {
        using var box = new HistoryBox();
        using (var other = SqliteDatabase.ForWriting(box.Settings.Path, TimeSpan.Zero))
            other.Run(sql);
        AssertRefused(box, $"{box.Settings.Path} is not a history of tcplens and is left untouched: choose another file name");
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_not_touched()
    {
        using var box = new HistoryBox();
        File.WriteAllText(box.Settings.Path, "root:x:0:0:root:/root:/bin/bash\n");
        AssertRefused(box, $"{box.Settings.Path} is not a history of tcplens and is left untouched: choose another file name");
    }

    [Fact]
    public void The_history_of_a_newer_program_is_refused_and_not_touched()
    {
        using var box = new HistoryBox();
        File.WriteAllBytes(box.Settings.Path, SomeHistory());
        using (var newer = SqliteDatabase.ForWriting(box.Settings.Path, TimeSpan.Zero))
            newer.Run("PRAGMA journal_mode = DELETE; PRAGMA user_version = 2");
        AssertRefused(box, $"{box.Settings.Path} was written by a newer tcplens and is left untouched: run that version, or choose another file name");
    }

    [Fact]
    public void A_second_monitor_on_the_same_file_is_refused_until_the_first_ends()
    {
        using var first = new HistoryBox();
        first.Ticks(3, i => i);
        first.Stored();
        using var second = new HistoryBox(first.Folder) { Now = first.Now };
        second.Tick();
        Assert.False(second.Store.Flush(TimeSpan.FromSeconds(30)));
        Assert.Equal($"another tcplens writes to {first.Settings.Path} already: stop one of them, or give each a file of its own", second.Store.Status.Trouble?.English);
        Assert.False(second.Store.Status.IsKept);
        first.Restart();
        second.Pass(TimeSpan.FromSeconds(11));
        second.Tick();
        second.Stored();
        // What waited meanwhile was kept in memory.
        Assert.Equal((0, 5), (second.Store.Status.Lost, second.Read(HistoryBox.Start, second.Now).Times.Length));
    }

    [Fact]
    public void A_directory_is_made_unless_more_than_one_is_missing()
    {
        using var box = new HistoryBox();
        box.Settings = box.Settings with { Path = Path.Combine(box.Folder, "one", "history.db") };
        box.Tick();
        box.Stored();
        Assert.Equal("750", Convert.ToString((int)File.GetUnixFileMode(Path.Combine(box.Folder, "one")), 8));
        Assert.Equal("640", Convert.ToString((int)File.GetUnixFileMode(box.Settings.Path), 8));
        box.Restart();
        box.Settings = box.Settings with { Path = Path.Combine(box.Folder, "two", "three", "history.db") };
        box.Tick();
        Assert.False(box.Store.Flush(TimeSpan.FromSeconds(30)));
        Assert.StartsWith($"the directory {Path.Combine(box.Folder, "two", "three")} and the one above it do not exist", box.Store.Status.Trouble?.English, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_that_no_longer_fit_the_queue_are_counted_as_lost()
    {
        using var box = new HistoryBox();
        File.WriteAllText(box.Settings.Path, "something else");
        for (int i = 0; i < HistoryStore.WaitingMaximum + 40; i++)
            box.Tick();
        box.Store.Flush(TimeSpan.FromSeconds(30));
        // Some of the places are taken by what the history has to say itself.
        Assert.InRange(box.Store.Status.Lost, 40, 45);
    }

    [Fact]
    public void A_series_that_is_new_becomes_a_column_and_a_column_of_a_newer_program_stays()
    {
        using var box = new HistoryBox();
        box.Ticks(200, i => i);
        box.Stored();
        box.Restart();
        using (var file = SqliteDatabase.ForWriting(box.Settings.Path, TimeSpan.Zero))
        {
            file.Run("ALTER TABLE second DROP COLUMN [sockets.time_wait]");
            foreach (string part in HistorySchema.Parts)
                file.Run($"ALTER TABLE minute DROP COLUMN [sockets.time_wait:{part}]");
            file.Run("ALTER TABLE second ADD COLUMN [of.tomorrow] REAL DEFAULT 42");
        }

        // A program that only reads does not need the column.
        Assert.All(box.ReadFile(HistoryBox.Start, box.Now).Curves[1].Average, value => Assert.Null(value));
        box.Ticks(200, i => i);
        box.Stored();
        var answer = box.Read(HistoryBox.Start, box.Now);
        Assert.Equal(400, answer.Curves[0].Average.Count(value => value is not null));
        Assert.Equal(200, answer.Curves[1].Average.Count(value => value is not null));
        var minutes = box.Read(HistoryBox.Start, box.Now, 7);
        Assert.Null(minutes.Curves[1].Maximum[0]);
        Assert.Equal(99.5, minutes.Curves[1].Maximum[^1]);
        using var after = SqliteDatabase.ForReading(box.Settings.Path, isImmutable: false, TimeSpan.Zero);
        Assert.Equal(400, after.Number("SELECT count([of.tomorrow]) FROM second"));
    }

    private static byte[] SomeHistory()
    {
        using var box = new HistoryBox();
        box.Ticks(500, i => i);
        box.Stored();
        box.Restart();
        return File.ReadAllBytes(box.Settings.Path);
    }

    /// <summary>A monitor that starts on such a file, left by itself (with its mark), stores its samples, and a reader before it does not fall over.</summary>
    private static void AssertGoesOn(byte[] file)
    {
        using var box = new HistoryBox();
        File.WriteAllBytes(box.Settings.Path, file);
        File.WriteAllText(box.Settings.Path + ".lock", "The history of tcplens in the file beside this one.\n");
        _ = box.ReadFile(HistoryBox.Start, HistoryBox.Start.AddHours(1));
        box.Now = HistoryBox.Start.AddHours(2);
        box.Ticks(3, i => 77);
        box.Stored();
        var answer = box.Read(box.Now.AddMinutes(-1), box.Now);
        Assert.Null(answer.Trouble);
        Assert.Equal([77, 77, 77], answer.Curves[0].Average);
        Assert.All(box.Aside(), aside => Assert.InRange(new FileInfo(aside).Length, file.Length, file.Length + 8192));
    }

    private static void AssertRefused(HistoryBox box, string reason)
    {
        byte[] before = File.ReadAllBytes(box.Settings.Path);
        box.Tick();
        Assert.False(box.Store.Flush(TimeSpan.FromSeconds(30)));
        Assert.Equal(reason, box.Store.Status.Trouble?.English);
        Assert.NotNull(box.Read(HistoryBox.Start, box.Now).Trouble);
        box.Restart();
        Assert.Equal(before, File.ReadAllBytes(box.Settings.Path));
        Assert.Equal(AnnotationKind.History, Assert.Single(box.Told).Kind);
    }
}
