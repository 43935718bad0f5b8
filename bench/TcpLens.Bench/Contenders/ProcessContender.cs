using System.Diagnostics;
using System.Text.Json;

namespace TcpLens.Bench.Contenders;

/// <summary>
/// A contender that is a command: started, measured with all its descendants by the small wrapper, ended. Its output goes to a file
/// and is counted after the clock has stopped.
/// </summary>
public abstract class ProcessContender(Workshop workshop) : Contender
{
    // A contender whose time grows with the square of the sockets would hold up the others for an hour.
    private const int PatienceSeconds = 180;
    private const int TimeoutExit = 124;

    private string OutputPath => Path.Combine(Workshop.Scratch, Id + ".out");

    protected Workshop Workshop { get; } = workshop;

    /// <summary>Whether the command is so slow that it needs a limit (whose own small cost the quick ones shall not bear).</summary>
    protected virtual bool IsSlow => false;

    private IEnumerable<string> LimitedCommand => IsSlow ? ["timeout", $"{PatienceSeconds}", .. Command] : Command;

    /// <summary>Program and arguments.</summary>
    protected abstract IReadOnlyList<string> Command { get; }

    public override Outcome Read()
    {
        string result = Path.Combine(Workshop.Scratch, Id + ".cost");
        using var wrapper = Process.Start(Workshop.Measure, [result, OutputPath, .. LimitedCommand]);
        wrapper.WaitForExit();
        using var cost = JsonDocument.Parse(File.ReadAllBytes(result));
        int exit = cost.RootElement.GetProperty("exit").GetInt32();
        if (exit == TimeoutExit)
            throw new TimeoutException($"not done after {PatienceSeconds} s");
        if (exit != 0)
            throw new InvalidOperationException($"{Command[0]} ended with status {exit}");
        return Count(OutputPath) with
        {
            WallMs = cost.RootElement.GetProperty("wall_ms").GetDouble(),
            CpuMs = cost.RootElement.GetProperty("user_ms").GetDouble() + cost.RootElement.GetProperty("system_ms").GetDouble(),
            RssKib = cost.RootElement.GetProperty("rss_kib").GetInt64(),
        };
    }

    /// <summary>Reads the counts from what the command printed.</summary>
    protected abstract Outcome Count(string outputPath);
}
