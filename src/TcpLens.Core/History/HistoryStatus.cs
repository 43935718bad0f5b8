using TcpLens.Core.Text;

namespace TcpLens.Core.History;

/// <summary>How the history is doing.</summary>
public sealed record HistoryStatus
{
    /// <summary>Whether samples are being stored.</summary>
    public required bool IsKept { get; init; }

    /// <summary>The file; <see langword="null"/> without one.</summary>
    public string? Path { get; init; }

    /// <summary>Size of the file and its journal in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>The first moment of which something is known.</summary>
    public DateTimeOffset? Oldest { get; init; }

    /// <summary>Samples of this run that could not be stored.</summary>
    public long Lost { get; init; }

    /// <summary>What is wrong and what to do; <see langword="null"/> when all is well.</summary>
    public Phrase? Trouble { get; init; }
}
