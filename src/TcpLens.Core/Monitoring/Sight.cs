using TcpLens.Core.Text;

namespace TcpLens.Core.Monitoring;

/// <summary>One thing that the monitor can see, or cannot and what would change that.</summary>
/// <param name="Can">Whether it sees it.</param>
/// <param name="What">What there is to see.</param>
/// <param name="Needs">What is missing and what would change that; <see langword="null"/> when nothing is.</param>
public sealed record Sight(bool Can, Phrase What, Phrase? Needs = null);
