using System.Collections.Immutable;

namespace TcpLens.ZabbixTests.Conditions;

/// <summary>What is made real in a namespace so that one trigger opens, and how it ends.</summary>
internal sealed record Condition
{
    /// <summary>The id of the trigger in the template.</summary>
    public required string Trigger { get; init; }

    /// <summary>Other triggers for which the condition is reason enough; any that is not named here has to stay silent.</summary>
    public IReadOnlyList<string> AlsoOpens { get; init; } = [];

    /// <summary>Whether the agent may not ask the kernel by netlink.</summary>
    public bool WithoutNetlink { get; init; }

    /// <summary>What a quiet host has, before anybody looks.</summary>
    public Action<Place> Prepare { get; init; } = _ => { };

    /// <summary>Whether it takes so much of the machine that nothing else should run beside it.</summary>
    public bool IsHeavy { get; init; }

    /// <summary>Windows that this condition needs other than all others, by the name of the macro.</summary>
    public IReadOnlyDictionary<string, string> Windows { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>How many values of a quiet host the trigger has to compare with.</summary>
    public int ValuesBefore { get; init; } = 1;

    public required Action<Place> Begin { get; init; }

    public Action<Place> End { get; init; } = place => place.EndSockets();
}
