using TcpLens.Bench.Contenders;

namespace TcpLens.Bench.Residents;

/// <summary>collectd, left alone: it counts every second and writes files.</summary>
public sealed class CollectdMonitor(Workshop workshop) : ResidentMonitor
{
    private readonly CollectdDaemon _daemon = new(workshop);

    public override string Id => CollectdDaemon.Id;

    public override string? Version() => _daemon.Version();

    public override void Start() => _daemon.Start();

    public override Findings Find(DateTimeOffset since, DateTimeOffset until) => new(_daemon.Readings(since, until), _daemon.Newest());

    protected override void Dispose(bool disposing)
    {
        _daemon.Dispose();
        base.Dispose(disposing);
    }
}
