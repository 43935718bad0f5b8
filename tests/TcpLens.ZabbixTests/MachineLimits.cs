namespace TcpLens.ZabbixTests;

/// <summary>What the kernel limits for all namespaces together, where this process' own namespace tells it.</summary>
internal static class MachineLimits
{
    public static double Orphans => Limits.Of(Setting)["tcp_max_orphans"] ?? long.MaxValue;

    public static double MemoryPages => Limits.Of(Setting)["tcp_mem_max"] ?? long.MaxValue;

    /// <summary>A setting of this process' own namespace.</summary>
    public static string? Setting(string name) => File.Exists("/proc/sys/" + name) ? File.ReadAllText("/proc/sys/" + name).TrimEnd('\n') : null;
}
