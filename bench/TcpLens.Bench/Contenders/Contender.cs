namespace TcpLens.Bench.Contenders;

/// <summary>How a contender is timed: only like is compared with like.</summary>
public enum Position
{
    /// <summary>A whole process, from its start to its exit.</summary>
    Process,

    /// <summary>One reading of a program that runs anyway.</summary>
    Resident,
}

/// <summary>A program that counts TCP sockets by state, and how to make it do so once.</summary>
public abstract class Contender : IDisposable
{
    /// <summary>Short name in the raw data.</summary>
    public abstract string Id { get; }

    /// <summary>ESTABLISHED sockets of IPv4 that the contender's own reading needs and therefore counts.</summary>
    public virtual int OwnConnections => 0;

    /// <summary>Where it listens: these sockets are there for everyone who counts.</summary>
    public virtual IReadOnlyList<int> Ports => [];

    /// <summary>The version, for the head of the table.</summary>
    /// <returns>Null when the contender is not on this machine.</returns>
    public abstract string? Version();

    /// <summary>Starts what has to be there before the first reading. Called inside the namespace of the load.</summary>
    public virtual void Start()
    {
    }

    /// <summary>Makes one reading and tells what it cost and what it said.</summary>
    public abstract Outcome Read();

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends what <see cref="Start"/> began; also called when that failed half-way.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}

/// <summary>What one reading cost, and the counts it gave.</summary>
public sealed record Outcome(Tally Said)
{
    public double? WallMs { get; init; }

    public double? CpuMs { get; init; }

    public long? RssKib { get; init; }

    public double? ReadingMs { get; init; }

    public double? SlowestMs { get; init; }

    public int? Unusable { get; init; }
}
