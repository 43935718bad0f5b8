using TcpLens.Core.Model;
using TcpLens.Core.Sources;

namespace TcpLens.KernelTests.Sources;

/// <summary>Numbers by key and state, as text in the order of the keys.</summary>
internal sealed class KeyCounts : IKeyedSink
{
    private readonly SortedDictionary<(UInt128 Key, TcpState State), long> _counts = [];

    public long Others { get; private set; }

    public long Sum => _counts.Values.Sum();

    public void Add(UInt128 key, TcpState state, long count) => _counts[(key, state)] = _counts.GetValueOrDefault((key, state)) + count;

    public void AddOthers(long count) => Others += count;

    public override string ToString() => string.Join('\n', _counts.Select(one => $"{one.Key.Key:x} {one.Key.State} {one.Value}"));
}
