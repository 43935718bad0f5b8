namespace TcpLens.Zabbix;

/// <summary>What an agent answers for an item: a value, or why the item is not supported (Zabbix manual, "Passive and active agent checks").</summary>
/// <param name="Text">The value, or the reason.</param>
/// <param name="IsSupported">Whether it is a value.</param>
public readonly record struct AgentAnswer(string Text, bool IsSupported)
{
    private const string NotSupportedMark = "ZBX_NOTSUPPORTED";

    /// <summary>
    /// The answer where only text can be given. The reason follows a NUL: agent 2 hands it on, the classic agent cuts it off there and still
    /// understands the mark.
    /// </summary>
    public string PlainText => IsSupported ? Text : $"{NotSupportedMark}\0{Text}";

    public static AgentAnswer Value(string value) => new(value, IsSupported: true);

    /// <summary>The item becomes "not supported" on the server, with the reason.</summary>
    public static AgentAnswer NotSupported(string reason) => new(reason, IsSupported: false);
}
