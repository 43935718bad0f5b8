namespace TcpLens.Core.Monitoring;

/// <summary>How values come to one server that the monitor sends to.</summary>
/// <param name="Way">How they are sent: <c>active</c> or <c>push</c>.</param>
/// <param name="Server">The server as the configuration names it.</param>
/// <param name="Waiting">Values that the server has not taken yet.</param>
/// <param name="Dropped">Values that were given up since the buffer was made, because it was full.</param>
/// <param name="LastSuccess">When the server took values last; <see langword="null"/>: not in this run.</param>
/// <param name="Trouble">What is wrong at the moment, in English; <see langword="null"/> when nothing is.</param>
public sealed record ServerDelivery(string Way, string Server, long Waiting, long Dropped, DateTimeOffset? LastSuccess, string? Trouble);
