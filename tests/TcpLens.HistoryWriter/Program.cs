using System.Collections.Immutable;
using TcpLens.Core.Metrics;
using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Readings;
using TcpLens.Outputs.History;

namespace TcpLens.HistoryWriter;

/// <summary>
/// A process that keeps a history at the word of a test, which may kill it at any moment or take the disk away under it. Each line of
/// standard input is a command, and is answered by a line: <c>add N</c>, <c>run</c> (until it is killed), <c>fill</c>, <c>free</c>, <c>pass SECONDS</c>.
/// </summary>
internal static class Program
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private static int Main(string[] arguments)
    {
        var clock = new StandingClock(arguments.Length > 1 ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(arguments[1])) : new(2026, 3, 4, 5, 0, 0, TimeSpan.Zero));
        using var store = HistoryStore.Open(new HistorySettings(arguments[0]), clock);
        string filler = Path.Combine(Path.GetDirectoryName(arguments[0])!, "filler");
        while (Console.ReadLine() is { } line)
        {
            string[] words = line.Split(' ');
            switch (words[0])
            {
                case "add":
                    for (int i = 0; i < int.Parse(words[1]); i++)
                        Add(store, clock);
                    break;
                case "run":
                    Run(store, clock);
                    break;
                case "fill":
                    Fill(filler);
                    break;
                case "free":
                    File.Delete(filler);
                    break;
                case "pass":
                    clock.Pass(TimeSpan.FromSeconds(int.Parse(words[1])));
                    break;
                default:
                    return 2;
            }

            store.Flush(s_patience);
            Console.WriteLine($"{store.Status.IsKept} lost {store.Status.Lost}: {store.Status.Trouble?.English}");
        }

        return 0;
    }

    /// <summary>As fast as it can; what stands on standard output is in the file.</summary>
    private static void Run(HistoryStore store, StandingClock clock)
    {
        while (true)
        {
            long at = clock.GetUtcNow().ToUnixTimeMilliseconds();
            Add(store, clock);
            if (!store.Flush(s_patience))
                throw new InvalidOperationException(store.Status.Trouble?.English);
            Console.WriteLine(at);
        }
    }

    private static void Add(HistoryStore store, StandingClock clock)
    {
        var second = TimeSpan.FromSeconds(1);
        store.Add(new Report
        {
            Number = 1,
            At = clock.GetUtcNow(),
            Uptime = clock.Uptime,
            HostName = "writer",
            Kernel = "6.12",
            Own = s_reading,
            OwnName = new("host", 1),
            Pace = new SamplingPace { Wanted = second, Interval = second, BudgetPercent = 1, Cost = TimeSpan.Zero, UsedPercent = 0, Missed = 0, WatchesAll = false },
            Values = [.. MetricSeries.All.Select(series => (double?)(series.Place + clock.Uptime.TotalSeconds))],
        });
        clock.Pass(second);
    }

    private static readonly DetailedReading s_reading = new()
    {
        At = DateTimeOffset.UnixEpoch,
        States = new StateReading
        {
            Counts = new StateCounts(ImmutableArray.Create(new StateCount[TcpStates.TableLength]), 0, null),
            Source = "netlink",
            Duration = TimeSpan.Zero,
        },
        Counters = new KernelCounters(),
        Limits = new KernelLimits(),
        Ports = [],
        Destinations = [],
    };

    private static void Fill(string path)
    {
        try
        {
            using var file = File.Create(path, bufferSize: 0);
            byte[] block = new byte[4096];
            while (true)
                file.Write(block);
        }
        catch (IOException)
        {
            // That is what was wanted: nothing more fits.
        }
    }
}
