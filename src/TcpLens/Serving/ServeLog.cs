using Microsoft.Extensions.Logging;

namespace TcpLens.Serving;

/// <summary>What the resident monitor logs: each event with a number and named parts, in English for programs and people alike.</summary>
internal static partial class ServeLog
{
    [LoggerMessage(1, LogLevel.Information, "tcplens {Version} watches {Host} (kernel {Kernel}): {Source}, every {IntervalSeconds} s, at most {BudgetPercent} % of one core")]
    public static partial void Started(this ILogger log, string version, string host, string kernel, string source, double intervalSeconds, double budgetPercent);

    [LoggerMessage(2, LogLevel.Information, "the dashboard is at {Address}")]
    public static partial void Listening(this ILogger log, Uri address);

    [LoggerMessage(3, LogLevel.Information, "sees {What}")]
    public static partial void Sees(this ILogger log, string what);

    [LoggerMessage(4, LogLevel.Information, "does not see {What}: {Needs}")]
    public static partial void DoesNotSee(this ILogger log, string what, string? needs);

    [LoggerMessage(5, LogLevel.Information, "keeps the history in {Path}")]
    public static partial void KeepsHistory(this ILogger log, string path);

    [LoggerMessage(6, LogLevel.Warning, "goes on without the local socket: {Reason}")]
    public static partial void NoLocalSocket(this ILogger log, string reason);

    [LoggerMessage(7, LogLevel.Information, "{Kind}: {Text}")]
    public static partial void Noted(this ILogger log, string kind, string text);

    [LoggerMessage(8, LogLevel.Warning, "{Kind}: {Text}")]
    public static partial void Trouble(this ILogger log, string kind, string text);

    [LoggerMessage(9, LogLevel.Information, "configuration read anew: {Setting} {Old} -> {New}")]
    public static partial void Changed(this ILogger log, string setting, string old, string @new);

    [LoggerMessage(10, LogLevel.Warning, "configuration read anew: {Setting} {Old} -> {New} needs a restart")]
    public static partial void NeedsRestart(this ILogger log, string setting, string old, string @new);

    [LoggerMessage(11, LogLevel.Error, "the configuration is wrong and stays as it was: {Problems}")]
    public static partial void WrongConfiguration(this ILogger log, string problems);

    [LoggerMessage(12, LogLevel.Information, "configuration read anew: nothing changed")]
    public static partial void NothingChanged(this ILogger log);

    [LoggerMessage(13, LogLevel.Information, "ends after {Ticks} samples, {Missed} missed, {Lost} not stored")]
    public static partial void Ending(this ILogger log, long ticks, long missed, long lost);

    [LoggerMessage(14, LogLevel.Error, "goes on without the web server until the configuration is read anew: {Reason}")]
    public static partial void NoWeb(this ILogger log, string reason);

    [LoggerMessage(15, LogLevel.Warning, "nobody was told of the finding {Rule}: {Reason}")]
    public static partial void AlertFailed(this ILogger log, string rule, string reason);

    [LoggerMessage(16, LogLevel.Warning, "nobody is told of the finding {Rule}: too many alerts wait already; {Dropped} dropped so far")]
    public static partial void AlertDropped(this ILogger log, string rule, long dropped);

    [LoggerMessage(17, LogLevel.Error, "takes no part in Zabbix until the configuration is read anew: {Reason}")]
    public static partial void NoZabbix(this ILogger log, string reason);

    [LoggerMessage(18, LogLevel.Critical, "the sending of values has ended by a defect of this program: {Lane}; restart it, and report what follows")]
    public static partial void ZabbixBroken(this ILogger log, string lane, Exception defect);
}
