using Microsoft.Extensions.Logging;

namespace TcpLens.Zabbix.Sender;

/// <summary>What the delivery says.</summary>
internal static partial class SenderLog
{
    [LoggerMessage(311, LogLevel.Warning, "values cannot be sent: {Trouble}; {Waiting} values wait in \"{Lane}\"")]
    public static partial void Trouble(ILogger log, string trouble, long waiting, string lane);

    [LoggerMessage(312, LogLevel.Information, "values are sent to {Address} again; {Waiting} values wait in \"{Lane}\"")]
    public static partial void Recovered(ILogger log, string address, long waiting, string lane);

    [LoggerMessage(313, LogLevel.Warning, "{Address} did not take {Failed} of {Total} values ({Info}): is the host or an item unknown there, disabled, or of another type?")]
    public static partial void Refused(ILogger log, string address, long failed, long total, string info);

    [LoggerMessage(314, LogLevel.Warning, "no value for {Key}: {Reason}")]
    public static partial void NotSupported(ILogger log, string key, string reason);
}
