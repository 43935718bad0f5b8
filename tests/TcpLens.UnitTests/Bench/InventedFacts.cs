using TcpLens.Bench;

namespace TcpLens.UnitTests.Bench;

/// <summary>A run that never was, for the goldens of the pages.</summary>
internal static class InventedFacts
{
    public static RunFacts With(params (string Program, string Version)[] versions) => new()
    {
        Date = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        HostKind = "vm",
        Processor = "Example CPU",
        Cores = 2,
        MemoryMebibytes = 24105,
        Kernel = "6.18.0",
        System = "Debian x64",
        HashBuckets = 262144,
        LoadAverage = "0.10",
        Commit = "0123456789ab",
        Mix = "mixed",
        Rounds = 2,
        Versions = new(versions.ToDictionary(one => one.Program, one => one.Version, StringComparer.Ordinal), StringComparer.Ordinal),
    };
}
