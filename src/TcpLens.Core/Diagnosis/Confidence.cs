namespace TcpLens.Core.Diagnosis;

/// <summary>How sure a rule is of the cause that it names; the numbers of the evidence are exact in any case. The lower-case names stand in JSON.</summary>
public enum Confidence
{
    /// <summary>One of several causes.</summary>
    Low,

    /// <summary>The likeliest cause; others were not ruled out.</summary>
    Medium,

    /// <summary>What else it could be was ruled out, or the kernel itself counts it.</summary>
    High,
}
