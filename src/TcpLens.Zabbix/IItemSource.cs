namespace TcpLens.Zabbix;

/// <summary>Whatever knows the values of item keys. It is asked by many at once, and it never throws but for <see cref="OperationCanceledException"/>.</summary>
public interface IItemSource
{
    /// <summary>The value of a key as it was asked for, or why there is none.</summary>
    ValueTask<AgentAnswer> AnswerAsync(string key, CancellationToken cancel);
}
