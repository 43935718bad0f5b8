using TcpLens.Core.Model;

namespace TcpLens.Bench.Contenders;

/// <summary><c>ss</c> of the system's iproute2; its lines are counted afterwards.</summary>
public sealed class Ss(Workshop workshop, string id = "ss", string options = "-tan") : ProcessContender(workshop)
{
    /// <summary>The one that also names the processes that hold the sockets.</summary>
    public const string WithOwners = "ss-owners";

    public override string Id => id;

    // At a million sockets it has not ended after ten minutes.
    protected override bool IsSlow => id == WithOwners;

    protected override IReadOnlyList<string> Command => ["ss", options];

    public override string? Version() => Workshop.OutputOf("ss", "-V");

    protected override Outcome Count(string outputPath)
    {
        var tally = new Tally();
        foreach (string line in File.ReadLines(outputPath).Skip(1))
        {
            int end = line.IndexOf(' ', StringComparison.Ordinal);
            if (end > 0 && TcpStates.TryParse(line[..end], out var info))
                tally.Add(info.State, line.Contains('[', StringComparison.Ordinal) ? 0 : 1, line.Contains('[', StringComparison.Ordinal) ? 1 : 0);
        }

        return new(tally);
    }
}
