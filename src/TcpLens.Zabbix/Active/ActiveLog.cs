using Microsoft.Extensions.Logging;

namespace TcpLens.Zabbix.Active;

/// <summary>What the active agent says.</summary>
internal static partial class ActiveLog
{
    [LoggerMessage(321, LogLevel.Warning, "no list of active checks for \"{Host}\": {Trouble}; {Items} items are collected meanwhile")]
    public static partial void NoList(ILogger log, string host, string trouble, int items);

    [LoggerMessage(322, LogLevel.Information, "{Address} wants {Items} items of \"{Host}\"")]
    public static partial void List(ILogger log, string address, int items, string host);

    [LoggerMessage(323, LogLevel.Warning, "the server has not known \"{Host}\" for {Hours} hours: nothing is collected for it any more")]
    public static partial void Forgotten(ILogger log, string host, double hours);

    [LoggerMessage(324, LogLevel.Warning, "{Address} takes no values for now: its own buffer is full")]
    public static partial void Paused(ILogger log, string address);
}
