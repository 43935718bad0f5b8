namespace TcpLens.Zabbix.Wire;

/// <summary>The flags of a packet's header (Zabbix manual, "Header": <c>ZBX_TCP_PROTOCOL</c>, <c>ZBX_TCP_COMPRESS</c>, <c>ZBX_TCP_LARGE</c>).</summary>
[Flags]
public enum Packing : byte
{
    None = 0,

    /// <summary>Set in every packet.</summary>
    Protocol = 1,

    /// <summary>The data is compressed with zlib; the reserved field tells its length before.</summary>
    Compressed = 2,

    /// <summary>Both lengths have 8 bytes instead of 4.</summary>
    Large = 4,
}
