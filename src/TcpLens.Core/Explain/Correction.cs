using TcpLens.Core.Text;

namespace TcpLens.Core.Explain;

/// <summary>What is often said or recommended about a state, and what is true.</summary>
public sealed record Correction(Phrase Said, Phrase Fact);
