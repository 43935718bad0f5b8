namespace TcpLens.Bench.Residents;

/// <summary>Memory of the processes of a control group, KiB.</summary>
/// <param name="ResidentKib">Sum of <c>Rss</c>; pages that two of them share count twice.</param>
/// <param name="PeakKib">Sum of <c>VmHWM</c>: of each the most since its start, not all at the same time.</param>
/// <param name="PssKib">Sum of <c>Pss</c>: a shared page is divided among those who share it.</param>
public sealed record GroupMemory(long ResidentKib, long PeakKib, long PssKib)
{
    /// <summary>What the processes that run in the group have now.</summary>
    /// <exception cref="InvalidOperationException">Nothing runs in the group.</exception>
    public static GroupMemory Of(ControlGroup group)
    {
        var processes = group.Processes();
        return processes.Count == 0
            ? throw new InvalidOperationException("it has ended, or never was in its control group")
            : new(processes.Sum(id => Field(id, "smaps_rollup", "Rss:")), processes.Sum(id => Field(id, "status", "VmHWM:")), processes.Sum(id => Field(id, "smaps_rollup", "Pss:")));
    }

    private static long Field(int process, string file, string name) =>
        File.ReadLines($"/proc/{process}/{file}").FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line
            ? long.Parse(line.AsSpan(name.Length).Trim().TrimEnd("kB "))
            : 0;
}
