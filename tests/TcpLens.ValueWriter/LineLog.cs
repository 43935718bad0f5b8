using Microsoft.Extensions.Logging;

namespace TcpLens.ValueWriter;

/// <summary>A log of lines on standard output.</summary>
internal sealed class LineLog : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Console.WriteLine($"{eventId.Id} {formatter(state, exception)}");
}
