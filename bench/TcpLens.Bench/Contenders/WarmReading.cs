namespace TcpLens.Bench.Contenders;

/// <summary>
/// The reading that is told of a program that runs anyway: one of several with a pause between them. Without the pause the sockets of the reading before
/// would still stand in the processor's caches, as they never do for a monitor that reads once a second.
/// </summary>
public static class WarmReading
{
    /// <summary>Readings of a process; the last one is told.</summary>
    public const int Count = 4;

    /// <summary>The pause between two of them, in milliseconds.</summary>
    public const int PauseMs = 100;

    /// <summary>The same as options of the C readers.</summary>
    public static IReadOnlyList<string> OfReader { get; } = ["--repeat", $"{Count}", "--pause", $"{PauseMs}"];
}
