using System.Collections.Immutable;
using TcpLens.Core.Explain;
using TcpLens.Core.History;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Sources;

namespace TcpLens.Outputs.Web;

/// <summary>What the web server tells of: all of it is asked while requests are answered, from any thread.</summary>
public sealed record WebContent
{
    public required ReportBoard Board { get; init; }

    public required IHistory History { get; init; }

    public required IConnections Connections { get; init; }

    /// <summary>This host's settings, for explanations.</summary>
    public required Func<HostValues> HostValues { get; init; }

    public required string Version { get; init; }

    /// <summary>What the monitor can see and cannot.</summary>
    public required ImmutableArray<Visibility> Visibility { get; init; }

    /// <summary>When the monitor started: it names the run.</summary>
    public required DateTimeOffset RunStart { get; init; }

    /// <summary>The servers to which values are sent, as they are doing now.</summary>
    public Func<IReadOnlyList<ServerDelivery>> Deliveries { get; init; } = static () => [];

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The files of the dashboard.</summary>
    public IWebFiles Dashboard { get; init; } = new EmbeddedFiles(typeof(WebContent).Assembly);
}
