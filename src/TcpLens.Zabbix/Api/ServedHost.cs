namespace TcpLens.Zabbix.Api;

/// <summary>A host as a server has it: what is configured, and how the server fares with it.</summary>
public sealed record ServedHost
{
    public required string Name { get; init; }

    public required bool IsMonitored { get; init; }

    /// <summary>Whether a maintenance keeps the server from collecting now.</summary>
    public required bool CollectsNothing { get; init; }

    /// <summary>The interfaces for agents.</summary>
    public required IReadOnlyList<ServedInterface> AgentInterfaces { get; init; }

    /// <summary>Technical names of the templates that are linked to it directly.</summary>
    public required IReadOnlyList<string> Templates { get; init; }

    /// <summary>Items and discovery rules.</summary>
    public required IReadOnlyList<ServedItem> Items { get; init; }

    /// <summary>User macros of the host and, where it has none of that name, of its templates: "{$NAME}" to value.</summary>
    public required IReadOnlyDictionary<string, string> Macros { get; init; }

    /// <summary>How often the server asks for <paramref name="item"/>; <see langword="null"/> when that cannot be told.</summary>
    public TimeSpan? IntervalOf(ServedItem item) =>
        ZabbixDuration.TryParse(Macros.GetValueOrDefault(item.Delay, item.Delay), out var interval) && interval > TimeSpan.Zero ? interval : null;
}
