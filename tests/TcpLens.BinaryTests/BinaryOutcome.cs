namespace TcpLens.BinaryTests;

/// <summary>What one run of the program left behind.</summary>
public sealed record BinaryOutcome(int ExitCode, string Output, string Error);
