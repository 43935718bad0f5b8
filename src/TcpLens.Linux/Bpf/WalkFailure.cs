using TcpLens.Core.Text;

namespace TcpLens.Linux.Bpf;

/// <summary>Why the walk cannot be loaded.</summary>
/// <param name="Reason">What happened and what would change it.</param>
/// <param name="IsFinal">Whether it stays so while this process runs; otherwise the next reading tries again (no memory, no descriptor left).</param>
internal readonly record struct WalkFailure(Phrase Reason, bool IsFinal);
