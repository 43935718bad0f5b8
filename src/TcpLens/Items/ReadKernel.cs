using TcpLens.CommandLine;
using TcpLens.Core.Model;
using TcpLens.Core.Owners;
using TcpLens.Core.Readings;
using TcpLens.Core.Sources;
using TcpLens.Linux.Interop;
using TcpLens.Linux.Namespaces;
using TcpLens.Linux.Reading;

namespace TcpLens.Items;

/// <summary>Answers out of one detailed reading. What is not in it is refused by <see cref="NotSupportedException"/>.</summary>
internal sealed class ReadKernel(DetailedReading reading) : IKernel
{
    public HostReading Read(string? netns, SourceChoice source, bool countOthers = false) => netns is not null || source != SourceChoice.Auto || countOthers
        ? throw Elsewhere()
        : new HostReading
        {
            HostName = Environment.MachineName,
            Kernel = KernelRelease.Current.Text,
            At = reading.At,
            Namespaces = [new NamespaceReading(OwnNamespace.Name, OwnNamespace.Inode, reading.States)],
        };

    public DetailedReading ReadDetailed(string? netns = null, SourceChoice source = SourceChoice.Auto) =>
        netns is null && source == SourceChoice.Auto ? reading : throw Elsewhere();

    public IReadOnlyList<NamespacePass> Stream(
        string? netns, Func<string?, ulong, bool>? among, SourceChoice source, StateMask states, Func<string, ISocketSink> sinkOf) => throw Elsewhere();

    public OwnedPasses StreamOwned(
        string? netns, Func<string?, ulong, bool>? among, SourceChoice source, StateMask states, Func<string, IOwnerLookup, ISocketSink> sinkOf) => throw Elsewhere();

    public NamespaceSurvey Survey() => throw Elsewhere();

    public string? Setting(string path) => throw Elsewhere();

    private static NotSupportedException Elsewhere() => new("not in the reading");
}
