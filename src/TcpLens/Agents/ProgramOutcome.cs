namespace TcpLens.Agents;

/// <summary>What a program said, and how long it took. <see cref="ExitCode"/> is <see langword="null"/> when it could not be started or was stopped for taking too long.</summary>
internal sealed record ProgramOutcome(int? ExitCode, string Output, string Error, TimeSpan Took);
