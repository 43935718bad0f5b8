using TcpLens.Core.Text;

namespace TcpLens.Core.Explain;

/// <summary>A command to copy, and what it tells.</summary>
public sealed record CommandHint(string Command, Phrase Tells);
