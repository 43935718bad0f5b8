namespace TcpLens.Zabbix.Active;

/// <summary>An item that the server wants to be collected.</summary>
/// <param name="Id">Its number on the server.</param>
/// <param name="Key">Its key.</param>
/// <param name="Delay">How often, in the words of <see cref="UpdateInterval"/>.</param>
/// <param name="Timeout">How long collecting may take; <see langword="null"/> when the server leaves that to us (before 7.0).</param>
public sealed record ActiveItem(ulong Id, string Key, string Delay, TimeSpan? Timeout);
