using System.Text.Json;

namespace TcpLens.Bench.Contenders;

/// <summary><c>tcplens states --json</c>: the whole process. It also says how long the kernel reading alone took.</summary>
public sealed class TcpLensProcess(Workshop workshop) : ProcessContender(workshop)
{
    public override string Id => "tcplens";

    protected override IReadOnlyList<string> Command => [Workshop.TcpLens, "states", "--json"];

    public override string? Version() => File.Exists(Workshop.TcpLens) ? Workshop.OutputOf(Workshop.TcpLens, "--version") : null;

    protected override Outcome Count(string outputPath)
    {
        using var said = JsonDocument.Parse(File.ReadAllBytes(outputPath));
        return new(StatesJson.Tally(said.RootElement)) { ReadingMs = said.RootElement.GetProperty("duration_ms").GetDouble() };
    }
}
