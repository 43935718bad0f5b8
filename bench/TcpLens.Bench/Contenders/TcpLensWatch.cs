using System.Text;
using System.Text.Json;

namespace TcpLens.Bench.Contenders;

/// <summary>TcpLens in the resident position: the fourth reading of <c>tcplens watch --json</c>, as it says itself, when everything is loaded and warm.</summary>
/// <param name="workshop">Where the program lies.</param>
/// <param name="id">Short name.</param>
/// <param name="source">What it shall read.</param>
public sealed class TcpLensWatch(Workshop workshop, string id, string source) : Contender
{
    public override string Id => id;

    public override string? Version() => File.Exists(workshop.TcpLens) && Watch(1).StartsWith('{') ? Workshop.OutputOf(workshop.TcpLens, "--version") : null;

    public override Outcome Read()
    {
        using var said = Last(Watch(WarmReading.Count));
        double reading = said.RootElement.GetProperty("duration_ms").GetDouble();
        return new(StatesJson.Tally(said.RootElement)) { WallMs = reading, ReadingMs = reading };
    }

    private string Watch(int readings) => Workshop.OutputOf(workshop.TcpLens, "watch", "--json", "--interval", FormattableString.Invariant($"{WarmReading.PauseMs / 1000.0}"), "--count", $"{readings}", "--source", source) ?? "";

    private static JsonDocument Last(string documents)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(documents), new JsonReaderOptions { AllowMultipleValues = true });
        JsonDocument? last = null;
        while (reader.Read())
        {
            last?.Dispose();
            last = JsonDocument.ParseValue(ref reader);
        }

        return last ?? throw new InvalidDataException("tcplens watch said nothing");
    }
}
