namespace TcpLens.Configuration;

/// <summary>How the monitor writes its log.</summary>
internal enum LogFormat
{
    /// <summary><see cref="Journal"/> where systemd listens, else <see cref="Text"/>.</summary>
    Auto,

    /// <summary>Lines for people.</summary>
    Text,

    /// <summary>One JSON object per line.</summary>
    Json,

    /// <summary>Fields of their own in systemd's journal.</summary>
    Journal,
}
