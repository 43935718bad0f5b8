using System.Diagnostics;
using System.Text.Json;
using TcpLens.Bench.Contenders;
using TcpLens.Bench.Report;

namespace TcpLens.Bench;

/// <summary>
/// The comparison of TcpLens with its peers. <c>run</c> measures and writes the pages, <c>zabbix</c> does so with the polls of Zabbix agents,
/// <c>report</c> writes the pages again from the raw data, <c>session</c> is what is started inside the namespace of each load.
/// </summary>
public static class Program
{
    public static int Main(string[] arguments)
    {
        if (arguments is ["session", var settings])
            return Inside(settings);

        var options = BenchOptions.Parse(arguments, out string? error);
        if (error is not null || options.Verb is not ("run" or "report" or BenchOptions.Zabbix))
        {
            Console.Error.WriteLine(error);
            Console.Error.WriteLine(BenchOptions.Usage);
            return 2;
        }

        var workshop = new Workshop(options);
        return options.Verb == "report" ? WriteAll(workshop, options.Results) : Run(options, workshop);
    }

    private static int Run(BenchOptions options, Workshop workshop)
    {
        workshop.BuildPrograms();
        var date = TimeProvider.System.GetUtcNow();
        string results = Path.GetFullPath(options.Results ?? workshop.Of("bench", "results", $"{date:yyyy-MM-dd}-{options.HostKind ?? Machine.HostKind}"));
        Directory.CreateDirectory(results);
        string raw = Path.Combine(results, RawFiles.NameOf(options.Verb));
        File.Delete(raw);
        RawData.Append(raw, new(Run: Machine.Describe(options, workshop, date, Versions(options, workshop))));
        foreach (int size in options.Sizes)
        {
            if (RunSize(options, workshop, raw, size) != 0)
                return 1;
        }

        Write(workshop, raw);
        return 0;
    }

    private static SortedDictionary<string, string> Versions(BenchOptions options, Workshop workshop)
    {
        var versions = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var one in AllContenders.Of(options.Verb, workshop))
        {
            using (one)
                versions[one.Id] = one.Version() ?? "absent";
        }

        // What stands behind the agents' keys.
        using var ours = new TcpLensProcess(workshop);
        using var recipe = new NetstatRecipe(workshop);
        versions[ours.Id] = ours.Version() ?? "absent";
        versions[recipe.Id] = recipe.Version() ?? "absent";
        return versions;
    }

    private static int RunSize(BenchOptions options, Workshop workshop, string raw, int size)
    {
        string census = Path.Combine(workshop.Scratch, "census.json");
        var inner = new SessionSettings(options, raw, size, census, Stopwatch.GetTimestamp());
        string settings = JsonSerializer.Serialize(inner, SessionJson.Default.SessionSettings);
        Console.WriteLine($"{size} sockets ({options.Mix}) ...");
        using var load = Process.Start(workshop.Load,
            ["--mix", options.Mix, "--census", census, $"{size}", "--", Environment.ProcessPath!, "session", settings]);
        load.WaitForExit();
        return load.ExitCode;
    }

    private static int Inside(string text)
    {
        var settings = JsonSerializer.Deserialize(text, SessionJson.Default.SessionSettings)!;
        double making = Stopwatch.GetElapsedTime(settings.Started).TotalSeconds;
        new Session(settings.Options, new Workshop(settings.Options), settings.Raw).Run(settings.Size, settings.Census, making);
        return 0;
    }

    private static int WriteAll(Workshop workshop, string? results)
    {
        foreach (string name in RawFiles.Names)
        {
            string? raw = results is null ? RawFiles.Newest(workshop.Of("bench"), name) : Path.Combine(results, name);
            if (File.Exists(raw))
                Write(workshop, raw);
        }

        return 0;
    }

    private static void Write(Workshop workshop, string raw)
    {
        string bench = workshop.Of("bench");
        var data = RawData.Read(raw);
        bool isZabbix = Path.GetFileName(raw) == RawFiles.Zabbix;
        // Trial runs into another directory leave the committed pages alone.
        bool isCommitted = raw.StartsWith(bench, StringComparison.Ordinal);
        foreach (var (file, language) in isZabbix ? RawFiles.ZabbixPages : RawFiles.Pages)
        {
            string to = Path.Combine(isCommitted ? bench : Path.GetDirectoryName(raw)!, file);
            File.WriteAllText(to, isZabbix ? new PollsPage(data).In(language) : new ResultsPage(data).In(language));
            Console.WriteLine(to);
        }

        foreach (var (file, language) in isCommitted && !isZabbix ? ReadmeExcerpt.Pages : [])
        {
            string readme = workshop.Of(file);
            File.WriteAllText(readme, new ReadmeExcerpt(data).PutInto(File.ReadAllText(readme), language));
            Console.WriteLine(readme);
        }
    }
}
