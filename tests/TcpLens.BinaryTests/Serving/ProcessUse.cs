using System.Globalization;

namespace TcpLens.BinaryTests.Serving;

/// <summary>What a process takes of the machine, from <c>/proc</c>.</summary>
/// <param name="CpuSeconds">Of all its threads, so far.</param>
/// <param name="SamplingSeconds">Of the thread that samples.</param>
/// <param name="ResidentKib">Resident memory now.</param>
internal readonly record struct ProcessUse(double CpuSeconds, double SamplingSeconds, long ResidentKib)
{
    // USER_HZ: what the kernel tells processes, on every architecture that .NET knows.
    private const double TicksPerSecond = 100;

    public static ProcessUse Of(int process)
    {
        string sampling = Directory.EnumerateDirectories($"/proc/{process}/task").Single(task => File.ReadAllText(task + "/comm").Trim() == "sampling");
        string resident = File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return new(Cpu($"/proc/{process}/stat"), Cpu(sampling + "/stat"), long.Parse(resident.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture));
    }

    // Fields 14 and 15, counted behind the name, in which anything may stand.
    private static double Cpu(string file)
    {
        string[] fields = File.ReadAllText(file).Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }
}
