using Microsoft.Extensions.Logging;

namespace TcpLens.Zabbix.Buffer;

/// <summary>What the buffer says.</summary>
internal static partial class BufferLog
{
    [LoggerMessage(301, LogLevel.Error, "{Trouble}; values wait in memory until then, at most {Maximum}")]
    public static partial void Trouble(ILogger log, string trouble, int maximum);

    [LoggerMessage(302, LogLevel.Information, "{Path} can be written again; {Count} values were taken over from memory")]
    public static partial void Recovered(ILogger log, string path, long count);

    [LoggerMessage(303, LogLevel.Error, "{Path} was damaged; it was set aside as {Aside}, and a new one begun: {Count} values that waited in it are not sent")]
    public static partial void SetAside(ILogger log, string path, string aside, long count);

    [LoggerMessage(304, LogLevel.Error, "{Path} is damaged again, and many damaged files lie beside it already: check the disk, and remove those files")]
    public static partial void TooManyAside(ILogger log, string path);

    [LoggerMessage(305, LogLevel.Warning, "the buffer is full: the oldest values of \"{Lane}\" are dropped from now on ({Waiting} values wait)")]
    public static partial void Full(ILogger log, string lane, long waiting);

    [LoggerMessage(306, LogLevel.Information, "{Count} values wait in {Path} from before")]
    public static partial void Waiting(ILogger log, string path, long count);

    [LoggerMessage(307, LogLevel.Warning, "{Count} values were dropped while the buffer was full")]
    public static partial void Dropped(ILogger log, long count);
}
