using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis;

/// <summary>What one rule looked at, and how that ended.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="What">What it looks at.</param>
/// <param name="Result">How it ended.</param>
/// <param name="Told">The numbers in short, or why it could not be judged.</param>
public sealed record Check(string Rule, Phrase What, CheckResult Result, Phrase Told);
