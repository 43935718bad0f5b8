using TcpLens.Zabbix.Active;
using Xunit;

namespace TcpLens.UnitTests.Zabbix.Active;

public sealed class Schedules
{
    private const long Now = 1_772_600_400;

    [Fact]
    public void A_new_item_is_due_at_once_and_then_at_its_turn()
    {
        var schedule = new ItemSchedule(TimeZoneInfo.Utc);
        schedule.Take([new ActiveItem(5, "a", "10s", null)], Now, isRemembered: false);
        Assert.Equal([5UL], Due(schedule, Now));
        Assert.Empty(Due(schedule, Now + 4));
        Assert.Equal(Now + 5, schedule.Due);
        Assert.Equal([5UL], Due(schedule, Now + 5));
        Assert.Equal(Now + 15, schedule.Due);
    }

    [Fact]
    public void An_item_of_before_a_restart_waits_for_its_turn_and_so_does_one_with_moments()
    {
        var schedule = new ItemSchedule(TimeZoneInfo.Utc);
        schedule.Take([new ActiveItem(5, "a", "10s", null)], Now, isRemembered: true);
        Assert.Empty(Due(schedule, Now));
        schedule.Take([new ActiveItem(5, "a", "10s", null), new ActiveItem(6, "b", "0;s30", null)], Now, isRemembered: false);
        Assert.Empty(Due(schedule, Now));
        Assert.Equal([5UL], Due(schedule, Now + 5));
    }

    [Fact]
    public void An_item_that_is_still_being_asked_is_not_asked_again()
    {
        var schedule = new ItemSchedule(TimeZoneInfo.Utc);
        schedule.Take([new ActiveItem(5, "a", "1s", null)], Now, isRemembered: false);
        var asked = schedule.TakeDue(Now);
        Assert.Single(asked);
        Assert.Empty(schedule.TakeDue(Now + 1));
        schedule.Release(asked);
        Assert.Single(schedule.TakeDue(Now + 2));
    }

    [Fact]
    public void A_clock_that_is_set_back_makes_nothing_wait_for_it()
    {
        var schedule = new ItemSchedule(TimeZoneInfo.Utc);
        schedule.Take([new ActiveItem(5, "a", "10s", null)], Now, isRemembered: false);
        Due(schedule, Now);
        Due(schedule, Now - 3600);
        Assert.InRange(schedule.Due!.Value, Now - 3599, Now - 3590);
    }

    [Fact]
    public void An_interval_that_cannot_be_read_is_told_once()
    {
        var schedule = new ItemSchedule(TimeZoneInfo.Utc);
        ActiveItem[] list = [new(5, "a", "often", null), new(6, "b", "1s", null)];
        Assert.Equal([list[0]], schedule.Take(list, Now, isRemembered: false));
        Assert.Empty(schedule.Take(list, Now, isRemembered: false));
        Assert.Equal(1, schedule.Count);
        Assert.Single(schedule.Take([list[0] with { Delay = "seldom" }], Now, isRemembered: false));
    }

    private static ulong[] Due(ItemSchedule schedule, long now)
    {
        var due = schedule.TakeDue(now);
        schedule.Release(due);
        return [.. due.Select(item => item.Item.Id)];
    }
}
