using TcpLens.CommandLine;
using TcpLens.Core.Model;
using TcpLens.Core.Owners;
using TcpLens.Core.Readings;
using TcpLens.Core.Sources;
using TcpLens.Linux.Reading;

namespace TcpLens.UnitTests.Zabbix.Items;

/// <summary>A kernel that counts what it is asked, and answers when the test lets it.</summary>
internal sealed class CountedKernel(IKernel inner) : IKernel, IDisposable
{
    private int _detailed;
    private int _streams;
    private int _surveys;
    private int _others;
    private int _atOnce;

    /// <summary>Closed, the kernel takes its time.</summary>
    public ManualResetEventSlim Gate { get; } = new(initialState: true);

    public int Detailed => _detailed;

    public int Streams => _streams;

    public int Surveys => _surveys;

    /// <summary>Calls of any other kind.</summary>
    public int Others => _others;

    /// <summary>Calls that have begun.</summary>
    public int Begun => _detailed + _streams + _surveys + _others;

    public bool WasAskedSideBySide { get; private set; }

    public StateMask AskedStates { get; private set; }

    public HostReading Read(string? netns, SourceChoice source, bool countOthers = false) => Alone(ref _others, () => inner.Read(netns, source, countOthers));

    public IReadOnlyList<NamespacePass> Stream(
        string? netns, Func<string?, ulong, bool>? among, SourceChoice source, StateMask states, Func<string, ISocketSink> sinkOf)
    {
        AskedStates = states;
        return Alone(ref netns is null ? ref _streams : ref _others, () => inner.Stream(netns, among, source, states, sinkOf));
    }

    public OwnedPasses StreamOwned(
        string? netns, Func<string?, ulong, bool>? among, SourceChoice source, StateMask states, Func<string, IOwnerLookup, ISocketSink> sinkOf) =>
        Alone(ref _others, () => inner.StreamOwned(netns, among, source, states, sinkOf));

    public DetailedReading ReadDetailed(string? netns = null, SourceChoice source = SourceChoice.Auto) => Alone(ref _detailed, () => inner.ReadDetailed(netns, source));

    public NamespaceSurvey Survey() => Alone(ref _surveys, inner.Survey);

    public string? Setting(string path) => inner.Setting(path);

    public void Dispose() => Gate.Dispose();

    private T Alone<T>(ref int count, Func<T> call)
    {
        WasAskedSideBySide |= Interlocked.Increment(ref _atOnce) > 1;
        Interlocked.Increment(ref count);
        Gate.Wait();
        var answer = call();
        Interlocked.Decrement(ref _atOnce);
        return answer;
    }
}
