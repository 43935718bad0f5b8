namespace TcpLens.Core.Model;

/// <summary>How many ephemeral ports one destination takes.</summary>
/// <param name="Destination">Source address, remote address and port.</param>
/// <param name="Used">Sockets of all states whose local port is an ephemeral one.</param>
/// <param name="TimeWait">Of these, those in TIME_WAIT.</param>
public readonly record struct DestinationUse(Destination Destination, int Used, int TimeWait);
