using TcpLens.Core.Text;

namespace TcpLens.Bench;

/// <summary>Where raw data lie and which pages are made from them.</summary>
public static class RawFiles
{
    /// <summary>The comparison of programs.</summary>
    public const string Name = "raw.jsonl";

    /// <summary>The comparison of polls by Zabbix.</summary>
    public const string Zabbix = "zabbix.jsonl";

    /// <summary>The comparison of resident monitors.</summary>
    public const string Resident = "resident.jsonl";

    public static IReadOnlyList<(string File, Language Language)> Pages { get; } = [("RESULTS.md", Language.English), ("RESULTS.zh.md", Language.Chinese)];

    public static IReadOnlyList<(string File, Language Language)> ZabbixPages { get; } = [("ZABBIX.md", Language.English), ("ZABBIX.zh.md", Language.Chinese)];

    public static IReadOnlyList<(string File, Language Language)> ResidentPages { get; } = [("RESIDENT.md", Language.English), ("RESIDENT.zh.md", Language.Chinese)];

    public static IReadOnlyList<string> Names { get; } = [Name, Zabbix, Resident];

    public static string NameOf(string verb) => verb switch
    {
        BenchOptions.Zabbix => Zabbix,
        BenchOptions.Resident => Resident,
        _ => Name,
    };

    /// <summary>The newest raw data of that name under <c>bench/results</c>: the pages are made from these. Directories begin with the date.</summary>
    public static string? Newest(string benchDirectory, string name)
    {
        string results = Path.Combine(benchDirectory, "results");
        return !Directory.Exists(results)
            ? null
            : Directory.GetDirectories(results).Order(StringComparer.Ordinal).Select(directory => Path.Combine(directory, name)).LastOrDefault(File.Exists);
    }
}
