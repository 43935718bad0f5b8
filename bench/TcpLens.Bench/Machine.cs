using System.Runtime.InteropServices;

namespace TcpLens.Bench;

/// <summary>The facts of the machine that stand above the table.</summary>
public static class Machine
{
    public static string HostKind => Field("/proc/cpuinfo", "flags").Split(' ').Contains("hypervisor") ? "vm" : "metal";

    public static string LoadAverage => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    public static RunFacts Describe(BenchOptions options, Workshop workshop, DateTimeOffset date, SortedDictionary<string, string> versions) => new()
    {
        Date = date,
        HostKind = options.HostKind ?? HostKind,
        Processor = Field("/proc/cpuinfo", "model name"),
        Cores = Environment.ProcessorCount,
        MemoryMebibytes = int.Parse(Field("/proc/meminfo", "MemTotal").Split(' ')[0]) / 1024,
        Kernel = File.ReadAllText("/proc/sys/kernel/osrelease").Trim(),
        System = $"{Quoted("/etc/os-release", "PRETTY_NAME")} {RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}",
        HashBuckets = HashBuckets(),
        LoadAverage = LoadAverage,
        Commit = Workshop.OutputOf("git", "-C", workshop.Root, "rev-parse", "--short=12", "HEAD") ?? "unknown",
        Mix = options.Mix,
        Rounds = options.Rounds,
        IsTrial = options.IsTrial ? true : null,
        Versions = versions,
    };

    private static string Field(string path, string name) =>
        File.ReadLines(path).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown";

    private static string Quoted(string path, string name) =>
        File.ReadLines(path).FirstOrDefault(line => line.StartsWith(name + "=", StringComparison.Ordinal))?.Split('=', 2)[1].Trim('"') ?? "Linux";

    // Linux 6.1 and newer tell the size of the socket hash; a dump walks all of it.
    private static int HashBuckets()
    {
        const string path = "/proc/sys/net/ipv4/tcp_ehash_entries";
        return File.Exists(path) ? Math.Abs(int.Parse(File.ReadAllText(path))) : 0;
    }
}
