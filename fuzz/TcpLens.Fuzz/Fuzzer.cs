using System.Diagnostics;

namespace TcpLens.Fuzz;

/// <summary>Attacks one target until an input breaks it, the runs are done or the time is over.</summary>
public sealed class Fuzzer : IDisposable
{
    /// <summary>A run that takes longer, twice, is a failure: the slowest honest one takes milliseconds.</summary>
    public static readonly TimeSpan SlowRun = TimeSpan.FromSeconds(1);

    private readonly FuzzTarget _target;
    private readonly ulong _seed;
    private readonly Mutator _mutator;
    private readonly GuardedBuffer _buffer;
    private long _runStarted;
    private long _run;

    /// <summary>Reads the seeds of the target.</summary>
    /// <param name="target">The parser to attack.</param>
    /// <param name="seed">Decides, with the number of the run, every input.</param>
    /// <param name="currentInput">A file that keeps the current input while the fuzzer lives, or <see langword="null"/>.</param>
    public Fuzzer(FuzzTarget target, ulong seed, string? currentInput = null)
    {
        _target = target;
        _seed = seed;
        _mutator = new Mutator(target.ReadSeeds());
        _buffer = new GuardedBuffer(currentInput);
    }

    /// <summary>Runs finished so far.</summary>
    public long Runs { get; private set; }

    /// <summary>
    /// For a watcher on another thread: the run that goes on and for how long it has. A parser that hangs never comes back to tell.
    /// </summary>
    public (long Run, TimeSpan Elapsed) Current => (Volatile.Read(ref _run), Stopwatch.GetElapsedTime(Volatile.Read(ref _runStarted)));

    /// <summary>Attacks with the inputs of the given runs; the first failure, or <see langword="null"/>.</summary>
    public FuzzFailure? Attack(long firstRun, long runs, TimeSpan time)
    {
        long begin = Stopwatch.GetTimestamp();
        for (long run = firstRun; run < firstRun + runs; run++)
        {
            var input = _mutator.Make(_seed, run);
            string? problem = Try(run, input);
            // A machine that is busy elsewhere makes one run slow, not the same one twice.
            if (problem is null && Stopwatch.GetElapsedTime(_runStarted) > SlowRun)
                problem = Try(run, input) ?? (Stopwatch.GetElapsedTime(_runStarted) > SlowRun ? $"takes longer than {SlowRun.TotalSeconds} s" : null);
            if (problem is not null)
                return new FuzzFailure(run, input.ToArray(), problem);
            Runs++;
            if ((run & 0xff) == 0 && Stopwatch.GetElapsedTime(begin) > time)
                break;
        }

        return null;
    }

    /// <summary>The input of a run, made anew.</summary>
    public byte[] InputOf(long run) => new Mutator(_target.ReadSeeds()).Make(_seed, run).ToArray();

    public void Dispose() => _buffer.Dispose();

    private string? Try(long run, ReadOnlySpan<byte> input)
    {
        Volatile.Write(ref _run, run);
        Volatile.Write(ref _runStarted, Stopwatch.GetTimestamp());
        try
        {
            _target.Run(_buffer.Place(input));
            return null;
        }
#pragma warning disable CA1031 // Whatever a parser throws is what the fuzzer looks for.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return exception.ToString();
        }
    }
}
