using TcpLens.Core.Model;

namespace TcpLens.Bench.Contenders;

/// <summary>The popular eleven UserParameters for Zabbix, exactly as they are pasted: each key runs netstat through a shell of its own.</summary>
public sealed class NetstatRecipe(Workshop workshop) : ProcessContender(workshop)
{
    public override string Id => "netstat-recipe";

    protected override bool IsSlow => true;

    protected override IReadOnlyList<string> Command =>
        ["sh", "-c", string.Join("; ", TcpStates.All.Select(info => $"sh -c 'netstat -ntup | grep {info.Linux} -c'")) + "; true"];

    public override string? Version() => Workshop.OutputOf("netstat", "--version")?.Split('\n')[0];

    protected override Outcome Count(string outputPath)
    {
        var tally = new Tally { HasFamilies = false };
        foreach (var (info, line) in TcpStates.All.Zip(File.ReadLines(outputPath)))
            tally.Add(info.State, long.Parse(line), 0);
        return new(tally);
    }
}
