using System.Collections.Immutable;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Readings;

namespace TcpLens.Serving;

/// <summary>What one tick asks of the system below. Called by the sampling thread alone.</summary>
internal interface ISampledKernel : IDisposable
{
    string HostName { get; }

    string Release { get; }

    NamespaceName OwnName { get; }

    /// <summary>CPU time that the calling thread has taken so far.</summary>
    TimeSpan CpuTime { get; }

    DetailedReading ReadOwn();

    /// <summary>The other namespaces of the host.</summary>
    ImmutableArray<NamespaceReading> ReadOthers();
}
