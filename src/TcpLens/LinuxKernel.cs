using TcpLens.CommandLine;
using TcpLens.Core.Model;
using TcpLens.Core.Readings;
using TcpLens.Core.Sources;
using TcpLens.Linux.Interop;
using TcpLens.Linux.ProcNet;
using TcpLens.Linux.Reading;
using TcpLens.Linux.SockDiag;

namespace TcpLens;

/// <summary>The real kernel below.</summary>
internal sealed class LinuxKernel(TimeProvider clock) : IKernel, IDisposable
{
    private readonly Dictionary<SourceChoice, StateReader> _readers = [];

    public HostReading Read(string? netns, SourceChoice source, bool countOthers = false)
    {
        if (!_readers.TryGetValue(source, out var reader))
            _readers.Add(source, reader = new StateReader(clock, source));
        return new HostReading
        {
            HostName = Environment.MachineName,
            Kernel = KernelRelease.Current.Text,
            At = clock.GetLocalNow(),
            Namespaces = [new NamespaceReading("own", 0, reader.Read())],
        };
    }

    public IReadOnlyList<NamespacePass> Stream(string? netns, Func<string?, ulong, bool>? among, SourceChoice source, StateMask states, Func<string, ISocketSink> sinkOf)
    {
        using ISocketSource chosen = source == SourceChoice.Proc ? new ProcNetSource() : new SockDiagSource();
        return [new NamespacePass("own", chosen.Read(states, sinkOf("own")))];
    }

    public string? Setting(string name) => null;

    public void Dispose()
    {
        foreach (var reader in _readers.Values)
            reader.Dispose();
    }
}
