using System.Text.Json;
using TcpLens.Core.Model;

namespace TcpLens.Bench.Contenders;

/// <summary><c>tcplens list --owners --json</c>: every socket with the process that holds it; its lines are counted afterwards.</summary>
public sealed class TcpLensOwners(Workshop workshop) : ProcessContender(workshop)
{
    public override string Id => "tcplens-owners";

    protected override IReadOnlyList<string> Command => [Workshop.TcpLens, "list", "--owners", "--json"];

    public override string? Version() => File.Exists(Workshop.TcpLens) ? Workshop.OutputOf(Workshop.TcpLens, "--version") : null;

    protected override Outcome Count(string outputPath)
    {
        using var said = JsonDocument.Parse(File.ReadAllBytes(outputPath));
        var tally = new Tally();
        foreach (var socket in said.RootElement.GetProperty("connections").EnumerateArray())
        {
            bool isIPv4 = socket.GetProperty("family").GetString() == "ipv4";
            if (TcpStates.TryParse(socket.GetProperty("state").GetString()!, out var info))
                tally.Add(info.State, isIPv4 ? 1 : 0, isIPv4 ? 0 : 1);
        }

        return new(tally);
    }
}
