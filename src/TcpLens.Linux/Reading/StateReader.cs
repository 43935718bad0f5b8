using TcpLens.Core.Model;
using TcpLens.Core.Readings;
using TcpLens.Core.Sources;
using TcpLens.Core.Text;
using TcpLens.Linux.ProcNet;
using TcpLens.Linux.SockDiag;

namespace TcpLens.Linux.Reading;

/// <summary>
/// Counts the states of the calling thread's network namespace with the best source that the host allows, and holds the count against
/// the kernel's own totals. Made once, used for every reading; not for several threads at a time.
/// </summary>
public sealed class StateReader : IDisposable
{
    /// <summary>A pass that the table changed under is read again at most so often.</summary>
    private const int Attempts = 3;

    private readonly TimeProvider _clock;
    private readonly SourceChoice _choice;
    private readonly Census _census = new();
    private readonly SockDiagSource _netlink;
    private readonly ProcNetSource _proc = new();

    public StateReader(TimeProvider clock, SourceChoice choice = SourceChoice.Auto)
        : this(clock, choice, new SockDiagSource())
    {
    }

    internal StateReader(TimeProvider clock, SourceChoice choice, SockDiagSource netlink)
    {
        _clock = clock;
        _choice = choice;
        _netlink = netlink;
    }

    /// <summary>Reads the namespace of the calling thread.</summary>
    /// <exception cref="SourceUnavailableException">No source that may be used works here.</exception>
    public StateReading Read() => AtBest((source, reason) => Read(source, reason));

    /// <summary>Reads the same with every port and destination, which <paramref name="ports"/> then holds.</summary>
    /// <exception cref="SourceUnavailableException">No source that may be used works here.</exception>
    public StateReading Read(PortCensus ports) => AtBest((source, reason) => Read(source, reason, ports: ports));

    /// <summary>
    /// Reads the namespace that <paramref name="netDirectory"/> (<c>/proc/PID/net</c>) shows, without entering it: slower and without CLOSE,
    /// but every user may.
    /// </summary>
    /// <exception cref="SourceUnavailableException">The directory cannot be read.</exception>
    public StateReading ReadFromOutside(string netDirectory, Phrase reason)
    {
        using var source = new ProcNetSource(netDirectory);
        return Read(source, reason, netDirectory);
    }

    /// <summary>Streams the sockets of the calling thread's namespace, from the same source that counts them.</summary>
    /// <exception cref="SourceUnavailableException">No source that may be used works here.</exception>
    public Pass Stream(StateMask states, ISocketSink sink) => AtBest((source, _) => source.Read(states, sink));

    public void Dispose()
    {
        _netlink.Dispose();
        _proc.Dispose();
    }

    // The best source that may be used; with /proc in the place of netlink goes the reason why.
    private T AtBest<T>(Func<ISocketSource, Phrase?, T> read)
    {
        if (_choice == SourceChoice.Proc)
            return read(_proc, null);
        try
        {
            return read(_netlink, null);
        }
        catch (SourceUnavailableException refusal) when (_choice == SourceChoice.Auto)
        {
            return read(_proc, refusal.Reason);
        }
    }

    private StateReading Read(ISocketSource source, Phrase? sourceReason, string netDirectory = ProcNetSource.OwnDirectory, PortCensus? ports = null)
    {
        var census = ports?.Census ?? _census;
        ISocketSink sink = ports is null ? census : ports;
        long begin = _clock.GetTimestamp();
        int attempt = 1;
        while (true)
        {
            var before = KernelTotals.Read(netDirectory);
            long start = _clock.GetTimestamp();
            ports?.Clear();
            census.Clear();
            var pass = source.Read(StateMask.All, sink);
            var duration = _clock.GetElapsedTime(start);
            pass = KernelTotals.Hold(pass, census, before, KernelTotals.Read(netDirectory), source.IsSteady);
            if (attempt++ < Attempts && pass.Completeness is Completeness.Interrupted or Completeness.Truncated)
                continue;
            return new StateReading
            {
                Counts = census.ToCounts(pass.CloseUnseen),
                Source = source.Name,
                SourceReason = sourceReason,
                Duration = duration,
                Setup = _clock.GetElapsedTime(begin, start),
                Completeness = pass.Completeness,
                CompletenessReason = pass.Reason,
            };
        }
    }
}
