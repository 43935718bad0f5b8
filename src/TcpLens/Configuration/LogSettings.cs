namespace TcpLens.Configuration;

/// <summary>What the monitor logs: section <c>[log]</c>.</summary>
internal sealed record LogSettings
{
    public LogLevel Level { get; init; } = LogLevel.Info;

    public LogFormat Format { get; init; } = LogFormat.Auto;
}
