using System.Diagnostics;
using System.Text.Json;
using TcpLens.Bench.Contenders;
using TcpLens.Core.Model;

namespace TcpLens.Bench;

/// <summary>What the load maker says it made, and its confirmation by the C reader before anyone is judged by it.</summary>
public sealed class LoadTruth
{
    private readonly Workshop _workshop;

    private LoadTruth(Workshop workshop, Tally made)
    {
        _workshop = workshop;
        Made = made;
    }

    public Tally Made { get; }

    public static LoadTruth Read(Workshop workshop, string censusPath)
    {
        using var census = JsonDocument.Parse(File.ReadAllBytes(censusPath));
        return new(workshop, StatesJson.Tally(census.RootElement));
    }

    public static LoadFacts Facts(int size, double makingSeconds, Tally truth) => new()
    {
        Size = size,
        MakingSeconds = Math.Round(makingSeconds, 1),
        LoadAverage = Machine.LoadAverage,
        Truth = new(TcpStates.All.ToDictionary(info => info.Linux.ToLowerInvariant(), info => Families(truth, info.State), StringComparer.Ordinal), StringComparer.Ordinal),
    };

    /// <summary>
    /// Waits until the sockets are those of the load. Contenders that are asked over TCP add <paramref name="listeners"/>; nothing else may
    /// have changed.
    /// </summary>
    /// <exception cref="InvalidOperationException">They are something else for ten seconds.</exception>
    public Tally Confirm(int listeners)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            using var output = JsonDocument.Parse(Workshop.OutputOf(_workshop.Reader)!);
            var seen = StatesJson.Tally(output.RootElement);
            var errors = seen.ErrorsAgainst(Made, 0);
            if (errors.Count == 0 ? listeners == 0 : errors is [{ State: "listen" } listen] && listen.Said - listen.True == listeners)
                return seen;
            if (clock.Elapsed > TimeSpan.FromSeconds(10))
                throw new InvalidOperationException("the load is not what it should be: " + string.Join(", ", errors));
            Thread.Sleep(100);
        }
    }

    private static long[] Families(Tally tally, TcpState state) => [tally.Total(state) - tally.Ipv6(state), tally.Ipv6(state)];
}
