namespace TcpLens.Zabbix.Wire;

/// <summary>When a value was collected, as the wire tells it.</summary>
/// <param name="Clock">Seconds since 1970.</param>
/// <param name="Nanoseconds">The fraction of that second: 1 to 999,999,999.</param>
/// <remarks>
/// A server of 7.0 takes 0 for "not known" in texts and logs and counts up a number of its own, a new one each time: a value that it gets twice
/// would be stored twice. So the first of a second's nanoseconds is told as the second one.
/// </remarks>
public readonly record struct ValueTime(long Clock, int Nanoseconds)
{
    public static ValueTime Of(DateTimeOffset at) =>
        new(at.ToUnixTimeSeconds(), Math.Max(1, (int)(at.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick)));
}
