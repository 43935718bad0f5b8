namespace TcpLens.Zabbix.Buffer;

/// <summary>Why a file cannot become a buffer at all.</summary>
public enum BufferFault
{
    /// <summary>Another process has it.</summary>
    Taken,

    /// <summary>It is something else, and is left untouched.</summary>
    Stranger,

    /// <summary>A newer program wrote it, and it is left untouched.</summary>
    Newer,
}
