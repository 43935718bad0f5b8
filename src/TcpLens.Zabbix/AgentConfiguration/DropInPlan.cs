using System.Collections.Immutable;

namespace TcpLens.Zabbix.AgentConfiguration;

/// <summary>Where the user parameters go in one agent's configuration, with which text, and what is in the way.</summary>
public sealed record DropInPlan
{
    public required DropInState State { get; init; }

    /// <summary>The Include line that takes the file in; <see langword="null"/> when there is none.</summary>
    public IncludePlace? Place { get; init; }

    /// <summary>The file; empty when there is no place.</summary>
    public required string Path { get; init; }

    public required string Text { get; init; }

    /// <summary>How many keys <see cref="Text"/> defines.</summary>
    public required int KeyCount { get; init; }

    /// <summary>Lines in other files that define one of the keys: with both, the agent does not start.</summary>
    public required ImmutableArray<UserParameter> Collisions { get; init; }

    /// <summary>Makes the plan.</summary>
    /// <param name="settings">The agent's configuration.</param>
    /// <param name="parameters">The keys and their commands.</param>
    /// <param name="skipExisting">Whether keys that are defined elsewhere are left out.</param>
    /// <param name="read">The text of a file, or <see langword="null"/> when it is not there.</param>
    public static DropInPlan Make(AgentSettings settings, IReadOnlyList<(string Key, string Command)> parameters, bool skipExisting, Func<string, string?> read)
    {
        var place = PlaceIn(settings);
        string path = place is { } found ? System.IO.Path.Combine(found.Directory, DropIn.FileName) : "";
        string? present = path.Length > 0 ? read(path) : null;
        var wanted = parameters.Select(one => UserParameter.NameOf(one.Key)).ToHashSet(StringComparer.Ordinal);
        ImmutableArray<UserParameter> collisions = [.. settings.UserParameters.Where(one => one.File != path && wanted.Contains(one.Name))];
        var taken = collisions.Select(one => one.Name).ToHashSet(StringComparer.Ordinal);
        (string Key, string Command)[] kept = [.. parameters.Where(one => !skipExisting || !taken.Contains(UserParameter.NameOf(one.Key)))];
        string text = DropIn.Text(kept);
        return new DropInPlan
        {
            State = place is null ? DropInState.NoPlace : StateOf(present, text),
            Place = place,
            Path = path,
            Text = text,
            KeyCount = kept.Length,
            Collisions = collisions,
        };
    }

    /// <summary>The files of ours that the agent reads.</summary>
    public static IEnumerable<string> Present(AgentSettings settings, Func<string, string?> read) =>
        settings.Files.Where(file => System.IO.Path.GetFileName(file) == DropIn.FileName && read(file) is { } text && DropIn.IsOurs(text));

    // The directories of agent 2's plugins are for plugins. A line of the main file comes before one that stands in an included file.
    private static IncludePlace? PlaceIn(AgentSettings settings) => settings.Includes
        .Where(place => place.Matches(DropIn.FileName) && System.IO.Path.GetFileName(place.Directory) != "plugins.d")
        .OrderBy(place => place.File == settings.Path ? 0 : 1)
        .Select(place => (IncludePlace?)place)
        .FirstOrDefault();

    private static DropInState StateOf(string? present, string text) => present switch
    {
        null => DropInState.Missing,
        _ when present == text => DropInState.Current,
        _ when DropIn.IsOurs(present) => DropInState.Outdated,
        _ => DropInState.Foreign,
    };
}
