using System.Collections.Immutable;
using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Readings;
using TcpLens.Linux.Interop;
using TcpLens.Linux.Namespaces;
using TcpLens.Linux.Reading;

namespace TcpLens.Serving;

/// <summary>The real kernel below the sampling loop.</summary>
internal sealed class LinuxSampledKernel(TimeProvider clock, SourceChoice source) : ISampledKernel
{
    /// <summary>Looking for namespaces walks over all processes: a container that has just started shows a little later.</summary>
    private static readonly TimeSpan s_surveyLasts = TimeSpan.FromSeconds(10);

    private readonly HostReader _reader = new(clock, source, staysLoaded: true);
    private NamespaceSurvey? _survey;
    private long _surveyedAt;

    public string HostName => Environment.MachineName;

    public string Release => KernelRelease.Current.Text;

    public NamespaceName OwnName { get; } = new(OwnNamespace.Name, OwnNamespace.Inode);

    public TimeSpan CpuTime => ThreadClock.CpuTime;

    public DetailedReading ReadOwn() => _reader.ReadDetailed();

    public ImmutableArray<NamespaceReading> ReadOthers()
    {
        if (_survey is null || clock.GetElapsedTime(_surveyedAt) >= s_surveyLasts)
        {
            _survey = NamespaceScanner.Scan();
            _surveyedAt = clock.GetTimestamp();
        }

        return _reader.ReadOthers(_survey);
    }

    public void Dispose() => _reader.Dispose();
}
