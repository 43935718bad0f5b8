namespace TcpLens.Zabbix.Passive;

/// <summary>One item of a passive request.</summary>
/// <param name="Key">The key as it was asked for; whether it is a key, the item source says.</param>
/// <param name="Timeout">How long the asker waits, 1 s to 600 s; <see langword="null"/> when it does not say.</param>
/// <param name="Problem">Why it cannot be asked for at all, in the words of the classic agent.</param>
public readonly record struct PassiveCheck(string Key, TimeSpan? Timeout, string? Problem = null);
