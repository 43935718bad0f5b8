using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using TcpLens.Configuration;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace TcpLens.Serving;

/// <summary>Where log lines go: standard error, as text, as JSON, or as the journal of systemd reads them.</summary>
internal sealed class LogOutput : IDisposable
{
    private volatile int _least;

    public LogOutput(LogSettings settings, Func<string, string?> environment)
    {
        Change(settings);
        Factory = LoggerFactory.Create(logging =>
        {
            logging.AddFilter((category, level) => (int)level >= Least(category));
            logging.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
            switch (Format(settings.Format, environment))
            {
                case LogFormat.Json:
                    logging.AddJsonConsole(options => (options.UseUtcTimestamp, options.TimestampFormat) = (true, "yyyy-MM-ddTHH:mm:ss.fffZ"));
                    break;
                case LogFormat.Journal:
                    logging.AddSystemdConsole();
                    break;
                default:
                    logging.AddSimpleConsole(options => (options.SingleLine, options.TimestampFormat) = (true, "yyyy-MM-dd HH:mm:ss "));
                    break;
            }
        });
    }

    public ILoggerFactory Factory { get; }

    /// <summary>Takes another level; the format stays.</summary>
    public void Change(LogSettings settings) => _least = (int)(settings.Level switch
    {
        Configuration.LogLevel.Debug => LogLevel.Debug,
        Configuration.LogLevel.Warning => LogLevel.Warning,
        Configuration.LogLevel.Error => LogLevel.Error,
        _ => LogLevel.Information,
    });

    public void Dispose() => Factory.Dispose();

    // What the web server says of itself is of interest when it is a warning.
    private int Least(string? category) =>
        category?.StartsWith("Microsoft.", StringComparison.Ordinal) == true ? Math.Max(_least, (int)LogLevel.Warning) : _least;

    private static LogFormat Format(LogFormat wanted, Func<string, string?> environment) =>
        wanted != LogFormat.Auto ? wanted : environment("JOURNAL_STREAM") is { Length: > 0 } ? LogFormat.Journal : LogFormat.Text;
}
