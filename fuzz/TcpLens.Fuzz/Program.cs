using System.Diagnostics;
using System.Security.Cryptography;
using TcpLens.Fuzz;

if (!FuzzOptions.TryParse(args, out var options))
{
    Console.Error.WriteLine(FuzzOptions.Usage);
    Console.Error.WriteLine($"\ntargets: {string.Join(' ', FuzzTargets.All.Select(target => target.Name))}");
    return 2;
}

bool failed = false;
foreach (var target in FuzzTargets.All.Where(target => options.Target is null || target.Name == options.Target))
    failed |= options.Input is null ? !Attack(target, options) : !Repeat(target, options.Input);
return failed ? 1 : 0;

static bool Attack(FuzzTarget target, FuzzOptions options)
{
    string current = Path.Combine(Directory.CreateDirectory(FuzzDirectory.Of("crashes", target.Name)).FullName, "current");
    if (GuardedBuffer.Recover(current) is { } deadly)
        Console.Error.WriteLine($"{target.Name}: the last process died of an input, kept as {Keep(target, deadly)}");

    using var fuzzer = new Fuzzer(target, options.Seed, current);
    using var watch = new Timer(_ => EndWhenHanging(target, fuzzer, options.Seed), state: null, 1_000, 1_000);
    long begin = Stopwatch.GetTimestamp();
    var failure = fuzzer.Attack(options.FirstRun, options.Runs, options.Time);
    double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
    if (failure is null)
    {
        Console.WriteLine($"{target.Name}: {fuzzer.Runs} inputs in {seconds:F1} s ({fuzzer.Runs / seconds:F0}/s), none broke it (seed {options.Seed})");
        return true;
    }

    Tell(target, failure, options.Seed);
    return false;
}

static bool Repeat(FuzzTarget target, string input)
{
    using var buffer = new GuardedBuffer();
    target.Run(buffer.Place(File.ReadAllBytes(input)));
    Console.WriteLine($"{target.Name}: {input} does not break it");
    return true;
}

static void EndWhenHanging(FuzzTarget target, Fuzzer fuzzer, ulong seed)
{
    var (run, elapsed) = fuzzer.Current;
    // Long enough to be no busy machine; a merely slow run is caught when it returns.
    if (elapsed < 20 * Fuzzer.SlowRun)
        return;
    Tell(target, new FuzzFailure(run, fuzzer.InputOf(run), $"does not end within {elapsed.TotalSeconds:F0} s"), seed);
    Environment.Exit(1);
}

static void Tell(FuzzTarget target, FuzzFailure failure, ulong seed)
{
    Console.Error.WriteLine($"{target.Name}: run {failure.Run} fails: {failure.Problem}");
    Console.Error.WriteLine($"  input kept as {Keep(target, failure.Input)}");
    Console.Error.WriteLine($"  again: --target {target.Name} --seed {seed} --first-run {failure.Run} --runs 1");
}

static string Keep(FuzzTarget target, byte[] input)
{
    string path = FuzzDirectory.Of("crashes", target.Name, Convert.ToHexStringLower(SHA256.HashData(input))[..16]);
    File.WriteAllBytes(path, input);
    return path;
}
