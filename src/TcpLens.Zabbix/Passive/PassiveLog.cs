using System.Net;
using Microsoft.Extensions.Logging;

namespace TcpLens.Zabbix.Passive;

/// <summary>What the passive agent logs. Strangers decide how often something happens, so each of their events has a <see cref="LogRation"/>.</summary>
internal static partial class PassiveLog
{
    [LoggerMessage(1, LogLevel.Information, "answers Zabbix at {EndPoint}; may ask: {Allowed}")]
    public static partial void Listening(this ILogger log, IPEndPoint endPoint, AllowList allowed);

    [LoggerMessage(2, LogLevel.Warning, "refused {Peer}: the allow list ({Allowed}) does not hold it; {Unsaid} refusals before this were not logged")]
    public static partial void Refused(this ILogger log, IPAddress peer, AllowList allowed, long unsaid);

    [LoggerMessage(3, LogLevel.Warning, "no answer for {Peer}: {Reason}; {Unsaid} like this before were not logged")]
    public static partial void Failed(this ILogger log, IPAddress peer, string reason, long unsaid);

    [LoggerMessage(4, LogLevel.Warning, "cannot accept a connection at {EndPoint}: {Reason}; {Unsaid} failures before this were not logged")]
    public static partial void CannotAccept(this ILogger log, IPEndPoint endPoint, string reason, long unsaid);

    [LoggerMessage(5, LogLevel.Warning, "all {Connections} connections are in use, whoever comes now waits; {Unsaid} times before this were not logged")]
    public static partial void Full(this ILogger log, int connections, long unsaid);

    [LoggerMessage(6, LogLevel.Warning, "cannot look up {Name} of the allow list: {Reason}; until that succeeds nobody may ask by this name")]
    public static partial void UnknownName(this ILogger log, string name, string reason);

    [LoggerMessage(7, LogLevel.Error, "the item source failed at {Key}: {Reason}; {Unsaid} failures before this were not logged")]
    public static partial void SourceFailed(this ILogger log, string key, string reason, long unsaid);

    [LoggerMessage(8, LogLevel.Information, "answers Zabbix no more: {Answered} requests answered, {Refused} connections refused, {Failed} without an answer")]
    public static partial void Ended(this ILogger log, long answered, long refused, long failed);
}
