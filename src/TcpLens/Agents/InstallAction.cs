namespace TcpLens.Agents;

/// <summary>What became of one agent's file.</summary>
internal enum InstallAction
{
    Written,
    WouldWrite,
    Unchanged,
    Removed,
    WouldRemove,
    NothingToRemove,

    /// <summary>Keys are defined elsewhere.</summary>
    Collision,

    /// <summary>A file of the name is there that is not ours.</summary>
    Foreign,

    /// <summary>No Include line takes in a directory.</summary>
    NoPlace,

    /// <summary>The configuration itself cannot be read.</summary>
    Unreadable,
}
