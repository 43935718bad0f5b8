using System.Globalization;

namespace TcpLens.UnitTests.CommandLine;

/// <summary>A clock on which waiting takes no time: whoever waits moves it.</summary>
internal sealed class HastyClock : TimeProvider
{
    private static readonly DateTimeOffset s_start = DateTimeOffset.Parse("2026-11-22T15:00:00Z", CultureInfo.InvariantCulture);

    private long _ticks;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => s_start + TimeSpan.FromTicks(Interlocked.Read(ref _ticks));

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Add(ref _ticks, dueTime.Ticks);
        return System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
