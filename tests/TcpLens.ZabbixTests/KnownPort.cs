namespace TcpLens.ZabbixTests;

/// <summary>A listening port of a site.</summary>
/// <param name="Number">The port.</param>
/// <param name="Scope">From where it can be reached: <c>any</c>, <c>address</c> or <c>loopback</c>.</param>
/// <param name="IsEphemeral">Whether the kernel chose the port.</param>
/// <param name="Limit">The backlog of its listener.</param>
/// <param name="Waiting">Connections that nobody accepts.</param>
internal sealed record KnownPort(int Number, string Scope, bool IsEphemeral, int Limit, int Waiting);
