namespace TcpLens.Bench;

/// <summary>What the command line asks for.</summary>
public sealed record BenchOptions
{
    public const string Usage = """
        usage: bench/run [--quick] [--sizes 1000,10000,100000,500000] [--rounds 15] [--mix mixed|established]
                         [--only ID,ID] [--tcplens PATH] [--results DIRECTORY] [--host-kind WORD] [--trial]
               bench/run zabbix [the same; without --sizes up to 100000]
               bench/run resident [the same, --seconds 30; without --sizes 1000 and 100000, 3 rounds]
               bench/run report [--results DIRECTORY]
        """;

    /// <summary>The verb for the cost of a poll of Zabbix.</summary>
    public const string Zabbix = "zabbix";

    /// <summary>The verb for the cost of programs that watch all the time.</summary>
    public const string Resident = "resident";

    public string Verb { get; init; } = "run";
    public IReadOnlyList<int> Sizes { get; init; } = [1000, 10_000, 100_000, 500_000];
    public int Rounds { get; init; } = 15;
    /// <summary>How long a resident monitor is watched in a round.</summary>
    public int Seconds { get; init; } = 30;

    /// <summary>Whether the page shall say that it is only a trial.</summary>
    public bool IsTrial { get; init; }

    public string Mix { get; init; } = "mixed";

    /// <summary>Ids of the contenders to run; empty means all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>The tcplens binary; the published one when not said.</summary>
    public string? TcpLens { get; init; }

    /// <summary>Directory of the raw data; <c>bench/results/DATE-HOSTKIND</c> when not said.</summary>
    public string? Results { get; init; }

    public string? HostKind { get; init; }

    /// <summary>Reads the arguments; an unknown or incomplete one is named in <paramref name="error"/>.</summary>
    public static BenchOptions Parse(ReadOnlySpan<string> arguments, out string? error)
    {
        var options = new BenchOptions();
        error = null;
        int at = 0;
        if (arguments.Length > 0 && !arguments[0].StartsWith('-'))
            options = options with { Verb = arguments[at++] };
        // Beyond it, the recipe's keys need longer than any agent may wait.
        if (options.Verb == Zabbix)
            options = options with { Sizes = [1000, 10_000, 100_000] };
        if (options.Verb == Resident)
            options = options with { Sizes = [1000, 100_000], Rounds = 3 };

        for (; at < arguments.Length; at++)
        {
            if (arguments[at] == "--quick")
            {
                options = options with { Sizes = [1000, 10_000], Rounds = 5 };
                continue;
            }

            if (arguments[at] == "--trial")
            {
                options = options with { IsTrial = true };
                continue;
            }

            if (at + 1 == arguments.Length || options.With(arguments[at], arguments[at + 1]) is not { } changed)
            {
                error = $"what is {arguments[at]}?";
                return options;
            }

            options = changed;
            at++;
        }

        return options;
    }

    private BenchOptions? With(string name, string value) => name switch
    {
        "--sizes" => this with { Sizes = value.Split(',').Select(int.Parse).ToList() },
        "--rounds" => this with { Rounds = int.Parse(value) },
        "--seconds" => this with { Seconds = int.Parse(value) },
        "--mix" => this with { Mix = value },
        "--only" => this with { Only = value.Split(',') },
        "--tcplens" => this with { TcpLens = value },
        "--results" => this with { Results = value },
        "--host-kind" => this with { HostKind = value },
        _ => null,
    };
}
