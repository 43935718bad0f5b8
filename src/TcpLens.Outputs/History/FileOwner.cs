namespace TcpLens.Outputs.History;

/// <summary>Whose a file is, by its first bytes.</summary>
internal enum FileOwner
{
    /// <summary>There is none, or an empty one.</summary>
    Nobody,

    /// <summary>A history, whole or damaged.</summary>
    Ours,

    /// <summary>Something else: it is never written to and never moved.</summary>
    Stranger,
}
