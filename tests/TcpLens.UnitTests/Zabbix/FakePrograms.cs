using TcpLens.Agents;

namespace TcpLens.UnitTests.Zabbix;

/// <summary>Programs that answer what a test lays down; a program is known by its whole command line.</summary>
internal sealed class FakePrograms(Func<string, string> answer) : IProgramRunner
{
    public TimeSpan Took { get; init; } = TimeSpan.FromMilliseconds(20);

    public string Error { get; init; } = "";

    public ProgramOutcome Run(string program, params IReadOnlyList<string> arguments) =>
        new(0, answer($"{program} {string.Join(' ', arguments)}"), Error, Took);
}
