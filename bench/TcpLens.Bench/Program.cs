using System.Diagnostics;
using System.Text.Json;
using TcpLens.Bench.Contenders;
using TcpLens.Bench.Report;
using TcpLens.Bench.Residents;
using TcpLens.Core.Text;

namespace TcpLens.Bench;

/// <summary>
/// The comparison of TcpLens with its peers. <c>run</c> measures and writes the pages, <c>zabbix</c> does so with the polls of Zabbix agents, <c>resident</c> with
/// monitors that run all the time, <c>report</c> writes the pages again from the raw data, <c>session</c> is what is started inside the namespace of each load.
/// </summary>
public static class Program
{
    public static int Main(string[] arguments)
    {
        if (arguments is ["session", var settings])
            return Inside(settings);

        var options = BenchOptions.Parse(arguments, out string? error);
        if (error is not null || options.Verb is not ("run" or "report" or BenchOptions.Zabbix or BenchOptions.Resident))
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
        if (options.Verb == BenchOptions.Resident)
        {
            foreach (var one in AllMonitors.Make(workshop))
            {
                using (one)
                    versions[one.Id] = one.Version() ?? "absent";
            }

            return versions;
        }

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
        if (settings.Options.Verb == BenchOptions.Resident)
            ResidentSession.Run(settings, making);
        else
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
        var (pages, make) = Pages(Path.GetFileName(raw), data);
        // Trial runs into another directory leave the committed pages alone.
        bool isCommitted = raw.StartsWith(bench, StringComparison.Ordinal);
        foreach (var (file, language) in pages)
        {
            string to = Path.Combine(isCommitted ? bench : Path.GetDirectoryName(raw)!, file);
            File.WriteAllText(to, make(language));
            Console.WriteLine(to);
        }

        foreach (var (file, language) in isCommitted && Path.GetFileName(raw) == RawFiles.Name ? ReadmeExcerpt.Pages : [])
        {
            string readme = workshop.Of(file);
            File.WriteAllText(readme, new ReadmeExcerpt(data).PutInto(File.ReadAllText(readme), language));
            Console.WriteLine(readme);
        }
    }

    private static (IReadOnlyList<(string File, Language Language)> Files, Func<Language, string> Make) Pages(string raw, RawData data) => raw switch
    {
        RawFiles.Zabbix => (RawFiles.ZabbixPages, new PollsPage(data).In),
        RawFiles.Resident => (RawFiles.ResidentPages, new ResidentPage(data).In),
        _ => (RawFiles.Pages, new ResultsPage(data).In),
    };
}
