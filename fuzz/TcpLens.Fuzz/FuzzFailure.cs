namespace TcpLens.Fuzz;

/// <summary>An input that breaks its target, the run that made it, and what happened.</summary>
public sealed record FuzzFailure(long Run, byte[] Input, string Problem);
