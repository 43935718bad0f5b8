namespace TcpLens.Core.Diagnosis;

/// <summary>How a check ended. The names stand in JSON as <c>fine</c>, <c>found</c>, <c>unknown</c>.</summary>
public enum CheckResult
{
    /// <summary>Looked at, and nothing is wrong.</summary>
    Fine,

    /// <summary>Looked at, and something is wrong.</summary>
    Found,

    /// <summary>It could not be judged: what it needs is not known. Never a finding.</summary>
    Unknown,
}
