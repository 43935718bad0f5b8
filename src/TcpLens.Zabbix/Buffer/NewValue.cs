namespace TcpLens.Zabbix.Buffer;

/// <summary>A value as it was collected.</summary>
/// <param name="Item">What it belongs to, in the words of its lane: the number of an item, or a key.</param>
/// <param name="Text">The value, or why there is none.</param>
/// <param name="IsSupported">Whether it is a value.</param>
/// <param name="Clock">When it was so, in seconds since 1970.</param>
/// <param name="Nanoseconds">The fraction of that second.</param>
public readonly record struct NewValue(string Item, string Text, bool IsSupported, long Clock, int Nanoseconds);
