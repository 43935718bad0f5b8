namespace TcpLens.Agents;

/// <summary>Starts other programs and waits for what they say.</summary>
internal interface IProgramRunner
{
    ProgramOutcome Run(string program, params IReadOnlyList<string> arguments);
}
