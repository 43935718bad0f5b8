namespace TcpLens.Zabbix.Sender;

/// <summary>A value for a trapper item.</summary>
/// <param name="Host">Technical name of the host.</param>
/// <param name="Key">Key of the item, which is of the type "Zabbix trapper".</param>
/// <param name="Text">The value.</param>
/// <param name="Clock">When it was so, in seconds since 1970.</param>
/// <param name="Nanoseconds">The fraction of that second.</param>
public readonly record struct TrapperValue(string Host, string Key, string Text, long Clock, int Nanoseconds);
