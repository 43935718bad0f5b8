using System.Text.Json;
using TcpLens.Core.Model;

namespace TcpLens.Bench.Contenders;

/// <summary><c>tcplens by KEY --json</c>: the sockets of each owner by state. Those without owner, and of the smaller groups, it counts without their state.</summary>
public sealed class TcpLensGroups(Workshop workshop, string key) : ProcessContender(workshop)
{
    public override string Id => $"tcplens-by-{key}";

    protected override IReadOnlyList<string> Command => [Workshop.TcpLens, "by", key, "--json"];

    public override string? Version() => File.Exists(Workshop.TcpLens) ? Workshop.OutputOf(Workshop.TcpLens, "--version") : null;

    protected override Outcome Count(string outputPath)
    {
        using var said = JsonDocument.Parse(File.ReadAllBytes(outputPath));
        var tally = new Tally { HasFamilies = false, WithoutState = Total("unknown") + Total("other") };
        foreach (var group in said.RootElement.GetProperty("groups").EnumerateArray())
        {
            foreach (var count in group.GetProperty("states").EnumerateObject())
            {
                if (TcpStates.TryParse(count.Name, out var info))
                    tally.Add(info.State, count.Value.GetInt64(), 0);
            }
        }

        return new(tally);

        long Total(string member) => said.RootElement.GetProperty(member).GetProperty("total").GetInt64();
    }
}
