namespace TcpLens.HistoryWriter;

/// <summary>A clock that goes on only when it is told to.</summary>
internal sealed class StandingClock(DateTimeOffset start) : TimeProvider
{
    public TimeSpan Uptime { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Pass(TimeSpan time) => Uptime += time;

    public override DateTimeOffset GetUtcNow() => start + Uptime;

    public override long GetTimestamp() => Uptime.Ticks;
}
