using TcpLens.Core.Text;

namespace TcpLens.Agents;

/// <summary>One key by the netstat recipe and by TcpLens, read one directly after the other.</summary>
/// <param name="Key">The key, a state's name.</param>
/// <param name="Old">The recipe's number; <see langword="null"/> when it gave none.</param>
/// <param name="New">The number of TcpLens; <see langword="null"/> when it gave none.</param>
/// <param name="Why">What makes the difference, or that there is none.</param>
internal sealed record KeyComparison(string Key, long? Old, long? New, Phrase Why);
