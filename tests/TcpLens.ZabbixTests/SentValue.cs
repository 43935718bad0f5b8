namespace TcpLens.ZabbixTests;

/// <summary>A value as it went over the line.</summary>
/// <param name="Session">The session of active checks; empty for a pushed value, which has no identity.</param>
/// <param name="Id">The number within the session.</param>
/// <param name="Item">The number of the item; the key for a pushed value.</param>
/// <param name="Clock">When it was collected, in seconds since 1970.</param>
/// <param name="Nanoseconds">And within the second.</param>
internal readonly record struct SentValue(string Session, ulong Id, string Item, long Clock, int Nanoseconds);
