namespace TcpLens.Zabbix.Passive;

/// <summary>What became of the connections to a <see cref="PassiveAgent"/> since its start.</summary>
/// <param name="Answered">Requests that got an answer, whatever it says.</param>
/// <param name="Refused">Closed unread, because the allow list does not hold the peer.</param>
/// <param name="Failed">Ended without an answer: silent, slow, garbage, a failed handshake, or gone.</param>
public readonly record struct PassiveCounts(long Answered, long Refused, long Failed);
