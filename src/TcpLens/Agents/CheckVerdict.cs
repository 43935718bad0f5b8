namespace TcpLens.Agents;

/// <summary>How a test came out.</summary>
internal enum CheckVerdict
{
    Ok,

    /// <summary>Worth knowing, nothing to mend.</summary>
    Note,

    Problem,
}
