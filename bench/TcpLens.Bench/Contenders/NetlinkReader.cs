using System.Text.Json;

namespace TcpLens.Bench.Contenders;

/// <summary>The minimal C reader as a process: the least such a program can cost.</summary>
public sealed class NetlinkReader(Workshop workshop) : ProcessContender(workshop)
{
    public override string Id => "c-netlink";

    protected override IReadOnlyList<string> Command => [Workshop.Reader];

    public override string? Version() => Workshop.OutputOf("gcc", "-dumpfullversion") is { } version ? $"gcc {version} -O2" : null;

    protected override Outcome Count(string outputPath)
    {
        using var said = JsonDocument.Parse(File.ReadAllBytes(outputPath));
        return new(StatesJson.Tally(said.RootElement)) { ReadingMs = said.RootElement.GetProperty("reading_ms")[0].GetDouble() };
    }
}
