using TcpLens.Core.Text;

namespace TcpLens.Bench;

/// <summary>Where raw data lie and which pages are made from them.</summary>
public static class RawFiles
{
    public const string Name = "raw.jsonl";

    public static IReadOnlyList<(string File, Language Language)> Pages { get; } = [("RESULTS.md", Language.English), ("RESULTS.zh.md", Language.Chinese)];

    /// <summary>The newest raw data under <c>bench/results</c>: the pages are made from these. Directories begin with the date.</summary>
    public static string? Newest(string benchDirectory)
    {
        string results = Path.Combine(benchDirectory, "results");
        return !Directory.Exists(results)
            ? null
            : Directory.GetDirectories(results).Order(StringComparer.Ordinal).Select(directory => Path.Combine(directory, Name)).LastOrDefault(File.Exists);
    }
}
