namespace TcpLens.Bench.Contenders;

/// <summary>
/// collectd, one interval. It reads by its own clock, so only its processor time per reading can be told. Between its turns it is
/// stopped, to leave the others alone.
/// </summary>
public sealed class Collectd(Workshop workshop) : Contender
{
    private readonly CollectdDaemon _daemon = new(workshop);
    private bool _isStarted;

    public override string Id => CollectdDaemon.Id;

    public override string? Version() => _daemon.Version();

    public override void Start()
    {
        _daemon.Start();
        _isStarted = true;
        _daemon.Service.Stop();
    }

    public override Outcome Read()
    {
        var before = _daemon.Rows();
        double cpu = _daemon.Service.CpuMs();
        _daemon.Service.Continue();
        _daemon.Await(before);
        _daemon.Service.Stop();
        cpu = _daemon.Service.CpuMs() - cpu;
        return new(_daemon.Newest()) { CpuMs = cpu, RssKib = _daemon.Service.PeakRssKib() };
    }

    protected override void Dispose(bool disposing)
    {
        if (_isStarted)
            _daemon.Service.Continue();
        _daemon.Dispose();
        base.Dispose(disposing);
    }
}
