using TcpLens.Zabbix;

namespace TcpLens.ValueWriter;

/// <summary>Whose values count up, each by itself; "wrong" is not supported.</summary>
internal sealed class CountingItems : IItemSource
{
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public ValueTask<AgentAnswer> AnswerAsync(string key, CancellationToken cancel)
    {
        if (key.StartsWith("wrong", StringComparison.Ordinal))
            return ValueTask.FromResult(AgentAnswer.NotSupported("There is no such item."));
        lock (_lock)
        {
            long count = _counts.GetValueOrDefault(key) + 1;
            _counts[key] = count;
            return ValueTask.FromResult(AgentAnswer.Value(count.ToString()));
        }
    }
}
