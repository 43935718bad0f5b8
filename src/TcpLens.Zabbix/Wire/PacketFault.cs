namespace TcpLens.Zabbix.Wire;

/// <summary>What is wrong with a packet.</summary>
public enum PacketFault
{
    /// <summary>The connection ended before its first byte: a probe of the port, or a peer that will not talk to us.</summary>
    Nothing,

    /// <summary>It does not begin with <c>ZBXD</c>: whoever sent it speaks something else.</summary>
    NotZabbix,

    /// <summary>Flags that no version of Zabbix sends.</summary>
    UnknownFlags,

    /// <summary>The data, or what it decompresses to, is longer than the reader takes.</summary>
    TooLong,

    /// <summary>The connection ended inside the packet.</summary>
    Truncated,

    /// <summary>The compressed data is no zlib stream, or is not as long as the header says.</summary>
    BadCompression,
}
