namespace TcpLens.Core.Monitoring;

/// <summary>How bad something is. The lower-case names stand in JSON: they never change.</summary>
public enum Severity
{
    /// <summary>Nothing is wrong.</summary>
    Ok,

    /// <summary>Worth knowing; nothing is lost.</summary>
    Notice,

    /// <summary>It will hurt when it goes on.</summary>
    Warning,

    /// <summary>Connections or data are being lost, or are about to be.</summary>
    Critical,
}
