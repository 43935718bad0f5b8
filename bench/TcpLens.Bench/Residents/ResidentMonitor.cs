using TcpLens.Core.Model;

namespace TcpLens.Bench.Residents;

/// <summary>A program that watches TCP sockets all the time: how it is started and asked, and what it found.</summary>
public abstract class ResidentMonitor : IDisposable
{
    /// <summary>Short name in the raw data.</summary>
    public abstract string Id { get; }

    /// <summary>Listeners of IPv4 that it adds to the load.</summary>
    public virtual int Listeners => 0;

    /// <summary>ESTABLISHED sockets of IPv4 that asking it needs: it counts them.</summary>
    public virtual int OwnConnections => 0;

    /// <summary>The states of which it tells a number.</summary>
    public virtual IReadOnlyList<TcpState> Told { get; } = [.. TcpStates.All.ToArray().Select(info => info.State)];

    /// <summary>The version, for the table.</summary>
    /// <returns>Null when the monitor is not on this machine.</returns>
    public abstract string? Version();

    /// <summary>Starts it inside the namespace of the load. Over when its first reading is there.</summary>
    public abstract void Start();

    /// <summary>What others want of it once an interval; nothing where it reads by itself and nobody asks.</summary>
    public virtual void Ask()
    {
    }

    /// <summary>How many readings it made in that time, and what the last of them says.</summary>
    public abstract Findings Find(DateTimeOffset since, DateTimeOffset until);

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
