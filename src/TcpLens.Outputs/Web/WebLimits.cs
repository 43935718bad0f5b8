namespace TcpLens.Outputs.Web;

/// <summary>How much the server takes on, so that no reader can delay the sampling or fill the memory.</summary>
public sealed record WebLimits
{
    /// <summary>Open connections; more are closed at once. 50 dashboards take 300.</summary>
    public int Connections { get; init; } = 1000;

    /// <summary>Readers of the stream of reports; each holds at most a report.</summary>
    public int Streams { get; init; } = 200;

    /// <summary>Questions that may wait for a pass over the kernel's sockets: they are answered one at a time.</summary>
    public int WaitingPasses { get; init; } = 8;

    /// <summary>Questions to the history that are answered at a time; each takes a few megabytes at most.</summary>
    public int HistoryReaders { get; init; } = 4;

    /// <summary>Questions to the history that may wait.</summary>
    public int WaitingHistoryReaders { get; init; } = 64;

    /// <summary>The first line of a request: a filter of <see cref="Core.Filtering.SocketFilter.MaxCharacters"/> in any script still fits.</summary>
    public int RequestLineBytes { get; init; } = 16 * 1024;

    /// <summary>All headers together.</summary>
    public int HeaderBytes { get; init; } = 32 * 1024;

    /// <summary>The body of a request: a login form.</summary>
    public int BodyBytes { get; init; } = 4 * 1024;

    /// <summary>How long a client may take for the headers of a request.</summary>
    public TimeSpan HeaderTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection may be idle.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The longest silence in a stream: shorter than the patience of any proxy.</summary>
    public TimeSpan StreamSilence { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Failed logins of one address in a minute.</summary>
    public int LoginFailures { get; init; } = 10;

    /// <summary>Failed logins of all addresses in a minute.</summary>
    public int LoginFailuresOfAll { get; init; } = 100;
}
