namespace TcpLens.Zabbix.Active;

/// <summary>A moment as clocks on the wall show it.</summary>
/// <param name="Weekday">1 (Monday) to 7.</param>
/// <param name="SecondOfDay">0-86399.</param>
internal readonly record struct LocalMoment(int Weekday, int SecondOfDay)
{
    public static LocalMoment At(long seconds, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(seconds), zone);
        return new LocalMoment(WeekdayOf(local.DayOfWeek), (int)local.TimeOfDay.TotalSeconds);
    }

    public static int WeekdayOf(DayOfWeek day) => day == DayOfWeek.Sunday ? 7 : (int)day;
}
