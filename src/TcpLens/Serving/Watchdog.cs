using TcpLens.Core.Monitoring;

namespace TcpLens.Serving;

/// <summary>Gives systemd the sign of life as long as reports come; a loop that hangs lets the service be restarted.</summary>
internal sealed class Watchdog : IDisposable
{
    // A reading of millions of sockets may take seconds.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly SystemdNotifier _systemd;
    private readonly ReportBoard _board;
    private readonly TimeProvider _clock;
    private readonly ITimer? _timer;
    private long _seen;
    private long _seenAt;

    public Watchdog(SystemdNotifier systemd, ReportBoard board, TimeProvider clock)
    {
        (_systemd, _board, _clock) = (systemd, board, clock);
        _seenAt = clock.GetTimestamp();
        if (systemd.WatchdogInterval is { } interval)
            _timer = clock.CreateTimer(_ => Look(), null, TimeSpan.Zero, interval / 3);
    }

    public void Dispose() => _timer?.Dispose();

    private void Look()
    {
        if (_board.Latest is not { } latest)
            return;
        if (latest.Number != _seen)
            (_seen, _seenAt) = (latest.Number, _clock.GetTimestamp());
        if (_clock.GetElapsedTime(_seenAt) < latest.Pace.Interval + s_patience)
            _systemd.Alive();
    }
}
