using TcpLens.Zabbix.Buffer;
using Xunit;

namespace TcpLens.UnitTests.Zabbix.Buffer;

/// <summary>What waits, in which order, under which names, and what goes when there is no room.</summary>
public sealed class Lanes
{
    [Fact]
    public void Values_come_back_as_they_were_in_order_and_go_when_they_are_removed()
    {
        using var box = new BufferBox();
        using var buffer = box.Open();
        var lane = buffer.Lane("a");
        lane.Add(new NewValue("1", "one\0é\n", true, 1_700_000_000, 123_456_789), new NewValue("2", "no", false, 1_700_000_001, 5));
        buffer.Lane("b").Add(BufferBox.Value(9));
        var values = lane.Peek(10, 1000);
        Assert.Equal([new NewValue("1", "one\0é\n", true, 1_700_000_000, 123_456_789), new NewValue("2", "no", false, 1_700_000_001, 5)], values.Select(value => value.Value));
        Assert.Equal([1L, 2L], values.Select(value => value.Id));
        Assert.Matches("^[0-9a-f]{32}$", values[0].Session);
        Assert.Equal((2, DateTimeOffset.FromUnixTimeSeconds(1_700_000_000)), (lane.Status.Waiting, lane.Status.Oldest));

        lane.Remove(values[0]);
        Assert.Equal([2L], lane.Peek(10, 1000).Select(value => value.Id));
        lane.Remove(values[1]);
        Assert.Empty(lane.Peek(10, 1000));
        Assert.Equal((0, 0L, null), (lane.Status.Waiting, lane.Status.WaitingBytes, lane.Status.Oldest));
        Assert.Equal([9L], BufferBox.Waiting(buffer.Lane("b")));
    }

    [Fact]
    public void A_message_ends_at_its_limits_but_takes_one_value_at_least()
    {
        using var box = new BufferBox();
        using var buffer = box.Open();
        var lane = buffer.Lane("a");
        BufferBox.Fill(lane, 0, 5, new string('x', 1000));
        Assert.Equal(3, lane.Peek(3, 1 << 20).Count);
        Assert.Equal(2, lane.Peek(5, 2500).Count);
        Assert.Single(lane.Peek(5, 10));
    }

    [Fact]
    public void After_a_restart_old_values_keep_session_and_id_and_new_ones_begin_a_session()
    {
        using var box = new BufferBox();
        IReadOnlyList<WaitingValue> before;
        using (var buffer = box.Open())
        {
            var lane = buffer.Lane("a");
            BufferBox.Fill(lane, 0, 5);
            lane.Remove(lane.Peek(2, 1000)[^1]);
            lane.Note = "the last list";
            before = lane.Peek(10, 1000);
        }

        using (var buffer = box.Open())
        {
            var lane = buffer.Lane("a");
            BufferBox.Fill(lane, 5, 5);
            Assert.Equal("the last list", lane.Note);
            Assert.Equal(8, lane.Status.Waiting);
            // Two sessions never share a message.
            Assert.Equal(before, lane.Peek(10, 1000));
            lane.Remove(before[^1]);
            var after = lane.Peek(10, 1000);
            Assert.Equal([5L, 6, 7, 8, 9], after.Select(value => value.Value.Clock));
            Assert.Equal([1L, 2, 3, 4, 5], after.Select(value => value.Id));
            Assert.NotEqual(before[0].Session, after[0].Session, StringComparer.Ordinal);
            Assert.Contains(box.Logged, line => line == $"Information: 3 values wait in {box.File} from before");
        }
    }

    [Fact]
    public void When_there_are_too_many_the_oldest_of_the_longest_lane_go_and_are_counted_for_ever()
    {
        using var box = new BufferBox();
        box.Settings = box.Settings with { ValuesMaximum = 100 };
        using (var buffer = box.Open())
        {
            var small = buffer.Lane("small");
            BufferBox.Fill(small, 0, 20);
            var large = buffer.Lane("large");
            for (int i = 0; i < 300; i++)
                BufferBox.Fill(large, i, 1);
            Assert.Equal((20, 0L), (small.Status.Waiting, small.Status.Dropped));
            Assert.Equal((80, 220L), (large.Status.Waiting, large.Status.Dropped));
            Assert.Single(box.Logged, line => line.StartsWith("Warning: the buffer is full: the oldest values of \"large\"", StringComparison.Ordinal));
        }

        Assert.Single(box.Logged, line => line == "Warning: 220 values were dropped while the buffer was full");
        using (var buffer = box.Open())
        {
            Assert.Equal(220, buffer.Lane("large").Status.Dropped);
            Assert.Equal(BufferBox.Numbers(220, 80), BufferBox.Waiting(buffer.Lane("large")));
            Assert.Equal(BufferBox.Numbers(0, 20), BufferBox.Waiting(buffer.Lane("small")));
        }
    }

    [Fact]
    public void What_was_dropped_is_told_when_there_is_room_again_each_time()
    {
        using var box = new BufferBox();
        box.Settings = box.Settings with { ValuesMaximum = 100 };
        using var buffer = box.Open();
        var lane = buffer.Lane("lane");
        for (int dropped = 7; dropped < 9; dropped++)
        {
            BufferBox.Fill(lane, 0, 100 + dropped);
            lane.Remove(lane.Peek(9, 1 << 20)[^1]);
            Assert.DoesNotContain(box.Logged, line => line == $"Warning: {dropped} values were dropped while the buffer was full");
            lane.Remove(lane.Peek(1, 1 << 20)[^1]);
            Assert.Single(box.Logged, line => line == $"Warning: {dropped} values were dropped while the buffer was full");
            lane.Remove(lane.Peek(100, 1 << 20)[^1]);
        }

        Assert.Equal(0, lane.Status.Waiting);
    }

    [Fact]
    public void When_they_are_too_large_the_oldest_of_the_largest_lane_go_and_the_file_stays_small()
    {
        using var box = new BufferBox();
        box.Settings = box.Settings with { BytesMaximum = 1 << 20 };
        using var buffer = box.Open();
        BufferBox.Fill(buffer.Lane("small"), 0, 100);
        var large = buffer.Lane("large");
        for (int i = 0; i < 500; i++)
            BufferBox.Fill(large, i * 10, 10, new string('x', 1000));
        Assert.InRange(large.Status.WaitingBytes, 900_000, 1 << 20);
        Assert.Equal(5000, large.Status.Waiting + large.Status.Dropped);
        Assert.Equal(0, buffer.Lane("small").Status.Dropped);
        Assert.InRange(new FileInfo(box.File).Length, 1 << 20, 2 << 20);
    }

    [Fact]
    public void Lanes_of_former_settings_are_still_seen()
    {
        using var box = new BufferBox();
        using (var buffer = box.Open())
            BufferBox.Fill(buffer.Lane("former"), 0, 3);
        using var again = box.Open();
        Assert.Equal([("former", 3L)], again.Status.Lanes.Select(lane => (lane.Name, lane.Waiting)));
    }
}
