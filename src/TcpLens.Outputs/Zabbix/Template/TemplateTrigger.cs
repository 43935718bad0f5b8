using TcpLens.Core.Text;

namespace TcpLens.Outputs.Zabbix.Template;

/// <summary>A trigger, or the prototype of one for every listening port, rule or service.</summary>
public sealed record TemplateTrigger
{
    /// <summary>Its name for ever; the identity is derived from it.</summary>
    public required string Id { get; init; }

    public required Severity Severity { get; init; }

    /// <summary>The expression, with <c>@metric.id@</c> for an item, <c>@service.state@</c> for one of a service.</summary>
    public required string Expression { get; init; }

    /// <summary>What ends the problem, in the same form; <see langword="null"/>: that the expression is false.</summary>
    public string? Recovery { get; init; }

    public required Phrase Name { get; init; }

    /// <summary>The name of the problem: what is wrong, with its numbers, and what to do. Servers number items by the functions of the expression, an item that is in two of them twice.</summary>
    public required Phrase Event { get; init; }

    /// <summary>Operational data: the numbers now.</summary>
    public required Phrase Now { get; init; }

    /// <summary>Cause and remedy.</summary>
    public required Phrase Description { get; init; }

    /// <summary>The tag <c>scope</c>.</summary>
    public required string Scope { get; init; }

    /// <summary>Ids of triggers that say the same and more: while one of them is in problem, this one is silent.</summary>
    public IReadOnlyList<string> SilentWhile { get; init; } = [];

    /// <summary>Whether people may close the problem: it would not end by itself when the cause was intended.</summary>
    public bool IsClosedByHand { get; init; }
}
