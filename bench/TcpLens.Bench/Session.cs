using System.Text.Json;
using TcpLens.Bench.Contenders;
using TcpLens.Core.Model;

namespace TcpLens.Bench;

/// <summary>The rounds of one size. Runs inside the namespace of the load, as the load maker's command.</summary>
public sealed class Session(BenchOptions options, Workshop workshop, string rawPath)
{
    // A contender that takes long runs fewer rounds; the table tells how many.
    private static readonly (double WallMs, int Rounds)[] s_patience = [(30_000, 1), (5_000, 3)];

    /// <summary>Measures every contender on a load of <paramref name="size"/> sockets, interleaved: A B C, A B C ...</summary>
    public void Run(int size, string censusPath, double makingSeconds)
    {
        var contenders = AllContenders.Of(options.Verb, workshop)
            .Where(one => one.Version() is not null && (options.Only.Count == 0 || options.Only.Contains(one.Id, StringComparer.Ordinal)))
            .ToList();
        try
        {
            var made = LoadTruth.Read(workshop, censusPath);
            made.Confirm(0);
            contenders.ForEach(one => one.Start());
            var truth = made.Confirm(contenders.SelectMany(one => one.Ports).Distinct().Count());
            RawData.Append(rawPath, new(Load: LoadTruth.Facts(size, makingSeconds, truth)));
            Rounds(size, contenders, truth);
        }
        finally
        {
            contenders.ForEach(one => one.Dispose());
        }
    }

    private void Rounds(int size, List<Contender> contenders, Tally truth)
    {
        var allowed = contenders.ToDictionary(one => one.Id, _ => options.Rounds, StringComparer.Ordinal);
        for (int round = 1; round <= options.Rounds; round++)
        {
            foreach (var one in contenders.Where(one => round <= allowed[one.Id]))
            {
                var sample = Take(size, round, one, truth);
                RawData.Append(rawPath, new(Sample: sample));
                foreach (var (wallMs, rounds) in s_patience)
                {
                    if (sample.WallMs > wallMs)
                        allowed[one.Id] = Math.Min(allowed[one.Id], rounds);
                }

                if (sample.Failure is not null)
                    allowed[one.Id] = round;
                Console.WriteLine($"{size,8} {round,3} {one.Id,-24} {sample.WallMs,10:F1} ms wall {sample.CpuMs,10:F1} ms cpu {sample.RssKib,8} KiB  "
                    + (sample.Failure ?? (sample.Wrong.Count == 0 ? "right" : "wrong: " + string.Join(", ", sample.Wrong.Select(wrong => $"{wrong.State} {wrong.Said} of {wrong.True}")))));
            }
        }
    }

    private static Sample Take(int size, int round, Contender one, Tally truth)
    {
        var sample = new Sample { Size = size, Round = round, Contender = one.Id };
        try
        {
            var outcome = one.Read();
            long own = outcome.Said.Total(TcpState.Established) - truth.Total(TcpState.Established);
            return sample with
            {
                WallMs = Rounded(outcome.WallMs),
                CpuMs = Rounded(outcome.CpuMs),
                RssKib = outcome.RssKib,
                ReadingMs = Rounded(outcome.ReadingMs),
                SlowestMs = Rounded(outcome.SlowestMs),
                Unusable = outcome.Unusable is > 0 ? outcome.Unusable : null,
                Own = own > 0 && own <= one.OwnConnections ? own : null,
                Wrong = outcome.Said.ErrorsAgainst(truth, one.OwnConnections),
            };
        }
        catch (Exception failure) when (IsOfContender(failure))
        {
            return sample with { Failure = failure.Message };
        }
    }

    /// <summary>Whether the failure is a contender's and belongs into the table; any other one ends the comparison.</summary>
    internal static bool IsOfContender(Exception failure) =>
        failure is IOException or InvalidOperationException or TimeoutException or InvalidDataException or FormatException or JsonException or System.Net.Sockets.SocketException;

    internal static double? Rounded(double? milliseconds) => milliseconds is { } value ? Math.Round(value, 3) : null;
}
