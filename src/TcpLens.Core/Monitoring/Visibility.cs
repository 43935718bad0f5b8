using TcpLens.Core.Text;

namespace TcpLens.Core.Monitoring;

/// <summary>One thing that the monitor can see or cannot, and what would change that.</summary>
/// <param name="Can">Whether it is seen.</param>
/// <param name="What">What is seen or not.</param>
/// <param name="Needs">The capability or setting that would make it seen; <see langword="null"/> when it is, or when nothing would.</param>
public sealed record Visibility(bool Can, Phrase What, Phrase? Needs = null);
