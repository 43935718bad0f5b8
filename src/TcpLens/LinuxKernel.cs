using TcpLens.CommandLine;
using TcpLens.Core.Model;
using TcpLens.Core.Owners;
using TcpLens.Core.Readings;
using TcpLens.Core.Sources;
using TcpLens.Linux.Counters;
using TcpLens.Linux.Namespaces;
using TcpLens.Linux.Owners;
using TcpLens.Linux.Reading;

namespace TcpLens;

/// <summary>The real kernel below; keeps one reader per source for as long as the program runs.</summary>
internal sealed class LinuxKernel(TimeProvider clock) : IKernel, IDisposable
{
    private readonly Dictionary<SourceChoice, HostReader> _readers = [];

    public HostReading Read(string? netns, SourceChoice source, bool countOthers = false) => Reader(source).Read(netns, countOthers);

    public IReadOnlyList<NamespacePass> Stream(
        string? netns, Func<string?, ulong, bool>? among, SourceChoice source, StateMask states, Func<string, ISocketSink> sinkOf) =>
        [.. Reader(source).Stream(netns, among, states, sinkOf).Select(one => new NamespacePass(one.Namespace, one.Pass))];

    public OwnedPasses StreamOwned(
        string? netns, Func<string?, ulong, bool>? among, SourceChoice source, StateMask states, Func<string, IOwnerLookup, ISocketSink> sinkOf)
    {
        using var owners = new OwnerReader(Reader(source), clock);
        return owners.Stream(netns, among, states, sinkOf);
    }

    public DetailedReading ReadDetailed(string? netns = null, SourceChoice source = SourceChoice.Auto) => Reader(source).ReadDetailed(netns);

    public NamespaceSurvey Survey() => NamespaceScanner.Scan();

    public string? Setting(string path) => KernelSettingFile.Read(path);

    public void Dispose()
    {
        foreach (var reader in _readers.Values)
            reader.Dispose();
    }

    private HostReader Reader(SourceChoice source)
    {
        if (!_readers.TryGetValue(source, out var reader))
            _readers.Add(source, reader = new HostReader(clock, source));
        return reader;
    }
}
