namespace TcpLens.LocalSocket;

/// <summary>What the bytes of an answer are. The numbers are those on the wire.</summary>
internal enum LocalAnswerKind : byte
{
    /// <summary>Nothing: the asker has to read the kernel itself.</summary>
    Refused = 0,

    /// <summary>The value of an item.</summary>
    Value = 1,

    /// <summary>An item that is not supported, with the reason, as agents are told.</summary>
    NotSupported = 2,

    /// <summary>The states (<see cref="ReadingCodec"/>).</summary>
    Reading = 3,

    /// <summary>What the rules say (<see cref="ExaminationCodec"/>).</summary>
    Examination = 4,
}
