namespace TcpLens.Bench.Residents;

/// <summary>What a resident monitor found while it was watched.</summary>
/// <param name="Readings">How many times it counted.</param>
/// <param name="Said">Its last count.</param>
public sealed record Findings(int Readings, Tally Said);
