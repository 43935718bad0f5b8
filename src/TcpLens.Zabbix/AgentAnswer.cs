namespace TcpLens.Zabbix;

/// <summary>What an agent answers for an item: a value, or that the item is not supported (Zabbix manual, "Passive and active agent checks").</summary>
public readonly record struct AgentAnswer(string Text, bool IsSupported)
{
    private const string NotSupportedMark = "ZBX_NOTSUPPORTED";

    public static AgentAnswer Value(string value) => new(value, IsSupported: true);

    /// <summary>
    /// The item becomes "not supported" on the server. The reason follows a NUL: agent 2 hands it on, the classic agent cuts it off there
    /// and still understands the mark.
    /// </summary>
    public static AgentAnswer NotSupported(string reason) => new($"{NotSupportedMark}\0{reason}", IsSupported: false);
}
