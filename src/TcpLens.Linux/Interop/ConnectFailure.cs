namespace TcpLens.Linux.Interop;

/// <summary>Why nobody could be reached at a local socket.</summary>
public enum ConnectFailure
{
    /// <summary>Nobody listens there.</summary>
    Nobody,

    /// <summary>This user may not.</summary>
    Denied,

    /// <summary>Whoever listens does not take the connection in time.</summary>
    Silent,
}
