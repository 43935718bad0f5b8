using System.Globalization;
using TcpLens.Core.Model;
using TcpLens.Outputs.Zabbix;

namespace TcpLens.Agents;

/// <summary>
/// The netstat recipe and the keys of TcpLens side by side: both as a shell runs them for an agent, key by key, as the user who asks or as another.
/// </summary>
internal sealed record RecipeComparison
{
    /// <summary>Where a shell finds netstat; <see langword="null"/> when it is not installed.</summary>
    public required string? Netstat { get; init; }

    public required IReadOnlyList<KeyComparison> Keys { get; init; }

    /// <summary>What netstat wrote on standard error, in one line; the agents take it into the value.</summary>
    public required string Warning { get; init; }

    /// <summary>Whether the recipe ran as root, whom netstat warns of nothing.</summary>
    public required bool IsRoot { get; init; }

    /// <summary>The other user as whom both ran; <see langword="null"/> for the one who asks.</summary>
    public required string? User { get; init; }

    /// <summary>The time of all keys by the recipe.</summary>
    public required TimeSpan OldTook { get; init; }

    /// <summary>The time of all keys by TcpLens.</summary>
    public required TimeSpan NewTook { get; init; }

    public static RecipeComparison Make(AgentHost host, string? searchPath, UserAccount? user = null)
    {
        string[] prefix = user?.Prefix(host) ?? [];
        string? netstat = (searchPath ?? "/usr/bin:/bin").Split(':').Select(directory => $"{directory}/netstat").FirstOrDefault(path => File.Exists(host.At(path)));
        var keys = new List<KeyComparison>();
        var (oldTook, newTook) = (TimeSpan.Zero, TimeSpan.Zero);
        string warning = "";
        foreach (string key in RecipeKeys.All)
        {
            long? old = null;
            if (netstat is not null)
            {
                var recipe = Run(host, [.. prefix, "/bin/sh", "-c", $"netstat -ntup | grep {key} -c"]);
                oldTook += recipe.Took;
                old = Number(recipe.Output);
                warning = warning.Length > 0 ? warning : OneLine(recipe.Error);
            }

            var own = Run(host, [.. prefix, host.Binary, "zabbix", "get", key]);
            newTook += own.Took;
            long? value = Number(own.Output);
            keys.Add(new KeyComparison(key, old, value, RecipeFlaws.Why(TcpStates.All.First(info => info.Linux == key).State, old, value)));
        }

        return new RecipeComparison
        {
            Netstat = netstat,
            Keys = keys,
            Warning = warning,
            IsRoot = user is { } other ? other.UserId == 0 : host.IsRoot,
            User = user?.Name,
            OldTook = oldTook,
            NewTook = newTook,
        };
    }

    private static ProgramOutcome Run(AgentHost host, string[] command) => host.Programs.Run(command[0], command[1..]);

    private static string OneLine(string text) => string.Join(' ', text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private static long? Number(string output) =>
        long.TryParse(output.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
}
