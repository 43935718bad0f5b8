namespace TcpLens.UnitTests.Zabbix.Sender;

/// <summary>A value in the history of a <see cref="FakeServer"/>.</summary>
internal sealed record StoredValue(string Session, long Id, string Item, string Text, long Clock, int Nanoseconds, bool IsSupported);
