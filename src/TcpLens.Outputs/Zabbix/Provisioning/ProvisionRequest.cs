namespace TcpLens.Outputs.Zabbix.Provisioning;

/// <summary>What a site wants to have: the template in Zabbix, and a host that it is linked to.</summary>
public sealed record ProvisionRequest
{
    public required TemplateExport Template { get; init; }

    /// <summary>The technical name of the host.</summary>
    public required string Host { get; init; }

    /// <summary>Where the host's agent listens; needed for a host that does not exist yet.</summary>
    public AgentInterface? Interface { get; init; }

    /// <summary>Whether a host is of no use without <see cref="Interface"/>: where the server asks.</summary>
    public bool NeedsInterface { get; init; } = true;

    /// <summary>The group of the host; <see langword="null"/> leaves an existing host alone and puts a new one into <see cref="DefaultGroup"/>.</summary>
    public string? Group { get; init; }

    /// <summary>A host must be in a group; this one comes with every Zabbix.</summary>
    public static string DefaultGroup => "Linux servers";
}
