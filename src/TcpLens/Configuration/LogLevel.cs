namespace TcpLens.Configuration;

/// <summary>The least important messages that the monitor still logs.</summary>
internal enum LogLevel
{
    Debug,
    Info,
    Warning,
    Error,
}
