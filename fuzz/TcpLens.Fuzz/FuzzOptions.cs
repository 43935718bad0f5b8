using System.Diagnostics.CodeAnalysis;

namespace TcpLens.Fuzz;

/// <summary>What the command line asks for.</summary>
internal sealed record FuzzOptions
{
    public const string Usage =
        """
        usage: TcpLens.Fuzz [--target NAME] [--runs N] [--seed S] [--time SECONDS] [--first-run N] [--input FILE]

          --target NAME    attack one target instead of all
          --runs N         inputs per target (default 1000000)
          --seed S         decides all inputs (default 1)
          --time SECONDS   at most so long per target
          --first-run N    begin with the input of this run (to repeat a failure: --first-run N --runs 1)
          --input FILE     run one file instead (needs --target)
        """;

    public string? Target { get; private set; }

    public long Runs { get; private set; } = 1_000_000;

    public ulong Seed { get; private set; } = 1;

    public TimeSpan Time { get; private set; } = TimeSpan.MaxValue;

    public long FirstRun { get; private set; }

    public string? Input { get; private set; }

    public static bool TryParse(string[] arguments, [NotNullWhen(true)] out FuzzOptions? options)
    {
        options = new FuzzOptions();
        for (int i = 0; i < arguments.Length; i += 2)
        {
            if (i + 1 == arguments.Length || !options.TryTake(arguments[i], arguments[i + 1]))
            {
                options = null;
                return false;
            }
        }

        return options.Input is null || options.Target is not null;
    }

    private bool TryTake(string name, string value)
    {
        bool isNumber = long.TryParse(value, out long number) && number >= 0;
        switch (name)
        {
            case "--target":
                Target = value;
                return FuzzTargets.All.Any(target => target.Name == value);
            case "--runs":
                Runs = number;
                return isNumber;
            case "--seed":
                return ulong.TryParse(value, out ulong seed) && (Seed = seed) == seed;
            case "--time":
                Time = TimeSpan.FromSeconds(Math.Min(number, 1_000_000));
                return isNumber;
            case "--first-run":
                FirstRun = number;
                return isNumber;
            case "--input":
                Input = value;
                return File.Exists(value);
            default:
                return false;
        }
    }
}
