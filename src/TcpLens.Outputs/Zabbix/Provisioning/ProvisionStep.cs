using TcpLens.Core.Text;

namespace TcpLens.Outputs.Zabbix.Provisioning;

/// <summary>One thing that is to change in Zabbix (or was changed), with its details one per line.</summary>
public sealed record ProvisionStep(Phrase What, params IReadOnlyList<Phrase> Details)
{
    /// <summary>Makes the change; not part of what the step says.</summary>
    internal Action Do { get; init; } = () => { };
}
