using System.Text.Json;

namespace TcpLens.Bench.Contenders;

/// <summary>The minimal C reader in the resident position: the fourth reading of a process, when everything is loaded.</summary>
/// <param name="workshop">Where the program lies.</param>
/// <param name="id">Short name.</param>
/// <param name="arguments">Which kind of request the program shall use.</param>
public sealed class ResidentNetlinkReader(Workshop workshop, string id, params string[] arguments) : Contender
{
    public override string Id => id;

    public override string? Version() => Workshop.OutputOf("gcc", "-dumpfullversion") is { } version ? $"gcc {version} -O2" : null;

    public override Outcome Read()
    {
        string output = Workshop.OutputOf(workshop.Reader, [.. arguments, .. WarmReading.OfReader])!;
        using var said = JsonDocument.Parse(output);
        double reading = said.RootElement.GetProperty("reading_ms")[WarmReading.Count - 1].GetDouble();
        return new(StatesJson.Tally(said.RootElement)) { WallMs = reading, ReadingMs = reading };
    }
}
