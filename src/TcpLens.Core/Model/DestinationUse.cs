namespace TcpLens.Core.Model;

/// <summary>How many ephemeral ports one destination takes.</summary>
/// <param name="Destination">Source address, remote address and port.</param>
/// <param name="Used">Sockets of all states whose local port is an ephemeral one.</param>
/// <param name="TimeWait">Of these, those in TIME_WAIT.</param>
/// <param name="SynSent">Of these, those in SYN_SENT.</param>
/// <param name="Unanswered">Of those in SYN_SENT, the ones whose SYN was sent again (<see cref="SocketSigns.UnansweredRepeats"/>).</param>
public readonly record struct DestinationUse(Destination Destination, int Used, int TimeWait, int SynSent = 0, int Unanswered = 0);
