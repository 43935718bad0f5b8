using TcpLens.CommandLine;
using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Owners;
using TcpLens.Core.Readings;
using TcpLens.Core.Sources;
using TcpLens.Linux.Reading;

namespace TcpLens.LocalSocket;

/// <summary>Answers out of a report. What is not in it is refused by <see cref="NotSupportedException"/>.</summary>
internal sealed class ReportKernel(Report report) : IKernel
{
    public HostReading Read(string? netns, SourceChoice source, bool countOthers = false)
    {
        var host = netns is null && source == SourceChoice.Auto ? report.ToHostReading() : null;
        return host is null ? throw Elsewhere() : host with { Namespaces = host.Namespaces[..1], IsAll = false };
    }

    public DetailedReading ReadDetailed(string? netns = null, SourceChoice source = SourceChoice.Auto) =>
        netns is null && source == SourceChoice.Auto && report.Own is { } own ? own : throw Elsewhere();

    public IReadOnlyList<NamespacePass> Stream(
        string? netns, Func<string?, ulong, bool>? among, SourceChoice source, StateMask states, Func<string, ISocketSink> sinkOf) => throw Elsewhere();

    public OwnedPasses StreamOwned(
        string? netns, Func<string?, ulong, bool>? among, SourceChoice source, StateMask states, Func<string, IOwnerLookup, ISocketSink> sinkOf) => throw Elsewhere();

    public OwnerCensus CountOwners(string? netns = null, SourceChoice source = SourceChoice.Auto) =>
        netns is null && source == SourceChoice.Auto && report.Owners is { } owners ? owners : throw Elsewhere();

    public NamespaceSurvey Survey() => throw Elsewhere();

    public string? Setting(string path) => throw Elsewhere();

    private static NotSupportedException Elsewhere() => new("not in the report");
}
