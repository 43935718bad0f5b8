using TcpLens.Zabbix;

namespace TcpLens.Items;

/// <summary>What an agent says of itself, in the words of the classic agent (Zabbix manual, "Zabbix agent": agent.*).</summary>
/// <param name="Version">The version of Zabbix whose protocol it speaks, as <c>7.0.22</c>.</param>
/// <param name="HostName">The host's name in the server.</param>
/// <param name="HostMetadata">What autoregistration goes by; may be empty.</param>
internal sealed record AgentIdentity(string Version, string HostName, string HostMetadata)
{
    /// <summary>Zabbix' number for the classic agent, whose errors and counts are those of TcpLens.</summary>
    public const int Variant = 1;

    /// <summary>The answer to a key about the agent; <see langword="null"/> for any other key.</summary>
    public AgentAnswer? Answer(ItemKey key)
    {
        string? value = key.Name switch
        {
            "agent.ping" => "1",
            "agent.version" => Version,
            "agent.variant" => $"{Variant}",
            "agent.hostname" => HostName,
            "agent.hostmetadata" => HostMetadata,
            _ => null,
        };
        if (value is null)
            return null;
        return !key.Parameters.IsEmpty ? AgentAnswer.NotSupported("Item does not allow parameters.") : AgentAnswer.Value(value);
    }
}
