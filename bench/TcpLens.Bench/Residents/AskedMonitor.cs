using TcpLens.Bench.Contenders;

namespace TcpLens.Bench.Residents;

/// <summary>A monitor that counts when it is asked: by a scrape, by a poll.</summary>
public sealed class AskedMonitor(Contender contender) : ResidentMonitor
{
    private readonly List<DateTimeOffset> _asked = [];
    private Tally _said = new();

    public override string Id => contender.Id;

    public override int Listeners => contender.Ports.Count;

    public override int OwnConnections => contender.OwnConnections;

    public override string? Version() => contender.Version();

    public override void Start() => contender.Start();

    public override void Ask()
    {
        _asked.Add(TimeProvider.System.GetUtcNow());
        _said = contender.Read().Said;
    }

    public override Findings Find(DateTimeOffset since, DateTimeOffset until) => new(_asked.Count(at => at >= since && at < until), _said);

    protected override void Dispose(bool disposing)
    {
        contender.Dispose();
        base.Dispose(disposing);
    }
}
