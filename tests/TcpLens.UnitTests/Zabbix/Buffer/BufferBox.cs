using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using TcpLens.Zabbix.Buffer;

namespace TcpLens.UnitTests.Zabbix.Buffer;

/// <summary>A buffer in a directory of its own, and what it logged.</summary>
internal sealed class BufferBox : ILogger, IDisposable
{
    public BufferBox() => Settings = new BufferSettings(Path.Combine(Folder, "values.db"));

    public string Folder { get; } = Directory.CreateTempSubdirectory("tcplens-values-").FullName;

    public BufferSettings Settings { get; set; }

    public string File => Settings.Path;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 4, 5, 0, 0, TimeSpan.Zero));

    public List<string> Logged { get; } = [];

    public ValueBuffer Open() => ValueBuffer.Open(Settings, Clock, this);

    public bool Says(string words)
    {
        lock (Logged)
            return Logged.Exists(line => line.Contains(words, StringComparison.Ordinal));
    }

    public static NewValue Value(long number, string? text = null) => new("item", text ?? number.ToString(), true, number, 0);

    public static void Fill(BufferLane lane, int from, int count, string? text = null) => lane.Add([.. Enumerable.Range(from, count).Select(i => Value(i, text))]);

    /// <summary>The clocks of all values that wait, by which the tests number them.</summary>
    public static long[] Waiting(BufferLane lane)
    {
        var found = new List<long>();
        while (lane.Peek(100, 1 << 20) is { Count: > 0 } some)
        {
            found.AddRange(some.Select(value => value.Value.Clock));
            lane.Remove(some[^1]);
        }

        return [.. found];
    }

    public static long[] Numbers(int from, int count) => [.. Enumerable.Range(from, count).Select(i => (long)i)];

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (Logged)
            Logged.Add($"{logLevel}: {formatter(state, exception)}");
    }
}
