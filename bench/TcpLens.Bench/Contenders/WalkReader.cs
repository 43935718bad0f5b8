using System.Text.Json;

namespace TcpLens.Bench.Contenders;

/// <summary>The minimal C reader of the walk in the kernel, loaded: the fourth reading of a process.</summary>
/// <param name="workshop">Where the program lies.</param>
/// <param name="id">Short name.</param>
/// <param name="arguments">Whether it asks for bound sockets besides.</param>
public sealed class WalkReader(Workshop workshop, string id, params string[] arguments) : Contender
{
    public override string Id => id;

    public override string? Version()
    {
        if (!workshop.HasWalk)
            return null;
        string? answer = Workshop.OutputOf(workshop.WalkReader, workshop.Walk);
        return answer?.StartsWith('{') == true ? $"clang {Workshop.OutputOf("clang", "-dumpversion")} -O2, libbpf" : null;
    }

    public override Outcome Read()
    {
        string output = Workshop.OutputOf(workshop.WalkReader, [workshop.Walk, .. arguments, .. WarmReading.OfReader])!;
        using var said = JsonDocument.Parse(output);
        double reading = said.RootElement.GetProperty("reading_ms")[WarmReading.Count - 1].GetDouble();
        return new(StatesJson.Tally(said.RootElement)) { WallMs = reading, ReadingMs = reading };
    }
}
