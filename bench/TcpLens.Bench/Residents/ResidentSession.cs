using System.Diagnostics;
using TcpLens.Core.Model;

namespace TcpLens.Bench.Residents;

/// <summary>
/// The rounds of resident monitors at one size, inside the namespace of the load. Each runs alone: started, left to itself for a moment,
/// watched, ended; then the next one.
/// </summary>
public static class ResidentSession
{
    /// <summary>From the first reading to the time that counts: start-up is over, and a budget has found its pace.</summary>
    public static TimeSpan WarmUp { get; } = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    // A history and a database write what they have a moment later.
    private static readonly TimeSpan s_writing = TimeSpan.FromSeconds(1.5);

    public static void Run(SessionSettings settings, double makingSeconds)
    {
        var workshop = new Workshop(settings.Options);
        var load = LoadTruth.Read(workshop, settings.Census);
        RawData.Append(settings.Raw, new(Load: LoadTruth.Facts(settings.Size, makingSeconds, load.Confirm(0))));
        int count = AllMonitors.Make(workshop).Count;
        var failed = new HashSet<int>();
        for (int round = 1; round <= settings.Options.Rounds; round++)
        {
            for (int at = 0; at < count; at++)
            {
                if (failed.Contains(at) || Take(settings, load, round, at) is not { } sample)
                    continue;
                RawData.Append(settings.Raw, new(Sample: sample));
                if (sample.Failure is not null)
                    failed.Add(at);
                Console.WriteLine($"{sample.Size,8} {round,3} {sample.Contender,-20} {sample.CpuMs / sample.Seconds / 10,8:F2} % cpu {sample.Readings,4} readings in {sample.Seconds,5:F1} s "
                    + $"{sample.ResidentKib,8} KiB  " + (sample.Failure ?? (sample.Wrong.Count == 0 ? "right" : "wrong: " + string.Join(", ", sample.Wrong.Select(wrong => $"{wrong.State} {wrong.Said} of {wrong.True}")))));
            }
        }
    }

    // Nothing when the monitor is not on this machine or not asked for.
    private static Sample? Take(SessionSettings settings, LoadTruth load, int round, int at)
    {
        using var group = new ControlGroup($"tcplens-bench-resident-{Environment.ProcessId}");
        using var one = AllMonitors.Make(new Workshop(settings.Options) { Group = group })[at];
        if (one.Version() is null || (settings.Options.Only.Count > 0 && !settings.Options.Only.Contains(one.Id, StringComparer.Ordinal)))
            return null;
        var sample = new Sample { Size = settings.Size, Round = round, Contender = one.Id };
        // The one before is gone without a trace, and the load is as it was.
        load.Confirm(0);
        try
        {
            group.Create();
            one.Start();
            Watch(one, WarmUp);
            return Measured(sample, one, group, load.Made, TimeSpan.FromSeconds(settings.Options.Seconds));
        }
        catch (Exception failure) when (Session.IsOfContender(failure))
        {
            return sample with { Failure = failure.Message };
        }
    }

    private static Sample Measured(Sample sample, ResidentMonitor one, ControlGroup group, Tally made, TimeSpan time)
    {
        double cpu = group.CpuMs();
        var from = TimeProvider.System.GetUtcNow();
        var watched = Watch(one, time);
        cpu = group.CpuMs() - cpu;
        var memory = GroupMemory.Of(group);
        Thread.Sleep(s_writing);
        var found = one.Find(from, from + watched);
        var errors = found.Said.ErrorsAgainst(With(made, one.Listeners), one.OwnConnections);
        var told = one.Told.Select(state => state.Info().Linux.ToLowerInvariant()).ToList();
        long own = found.Said.Total(TcpState.Established) - made.Total(TcpState.Established);
        return sample with
        {
            CpuMs = Session.Rounded(cpu),
            Seconds = Math.Round(watched.TotalSeconds, 3),
            Readings = found.Readings,
            RssKib = memory.PeakKib,
            ResidentKib = memory.ResidentKib,
            PssKib = memory.PssKib,
            Told = told.Count == TcpStates.All.Length ? null : told,
            Own = own > 0 && own <= one.OwnConnections ? own : null,
            Wrong = [.. errors.Where(error => told.Contains(error.State, StringComparer.Ordinal))],
        };
    }

    // Asks at the begin of each interval. One that needs longer is asked again at the begin of the next; the time ends with its answer.
    private static TimeSpan Watch(ResidentMonitor one, TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        for (var due = TimeSpan.Zero; due < time; due = s_interval * (Math.Floor(clock.Elapsed / s_interval) + 1))
        {
            Wait(due - clock.Elapsed);
            one.Ask();
        }

        Wait(time - clock.Elapsed);
        return clock.Elapsed;
    }

    private static void Wait(TimeSpan time)
    {
        if (time > TimeSpan.Zero)
            Thread.Sleep(time);
    }

    private static Tally With(Tally made, int listeners)
    {
        var truth = new Tally();
        foreach (var info in TcpStates.All)
            truth.Add(info.State, made.Total(info.State) - made.Ipv6(info.State), made.Ipv6(info.State));
        truth.Add(TcpState.Listen, listeners, 0);
        return truth;
    }
}
