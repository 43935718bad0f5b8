using System.Text.Json;

namespace TcpLens.Bench.Contenders;

/// <summary><c>tcplens states --json</c>: the whole process. It also says how long the kernel reading alone took.</summary>
/// <param name="workshop">Where the program lies.</param>
/// <param name="source">What it shall read; <see langword="null"/>: what it chooses.</param>
public sealed class TcpLensProcess(Workshop workshop, string? source = null) : ProcessContender(workshop)
{
    public override string Id => source is null ? "tcplens" : $"tcplens-{source}";

    protected override IReadOnlyList<string> Command => [Workshop.TcpLens, "states", "--json", .. source is null ? Array.Empty<string>() : ["--source", source]];

    public override string? Version() => File.Exists(Workshop.TcpLens) ? Workshop.OutputOf(Workshop.TcpLens, "--version") : null;

    protected override Outcome Count(string outputPath)
    {
        using var said = JsonDocument.Parse(File.ReadAllBytes(outputPath));
        return new(StatesJson.Tally(said.RootElement)) { ReadingMs = said.RootElement.GetProperty("duration_ms").GetDouble() };
    }
}
