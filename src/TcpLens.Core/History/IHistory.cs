namespace TcpLens.Core.History;

/// <summary>The past, for readers. Any thread may ask at any time; nobody waits for the writer, nor it for them.</summary>
public interface IHistory
{
    /// <summary>How the history is doing at this moment.</summary>
    HistoryStatus Status { get; }

    /// <summary>Reads a range. Never throws for trouble with the file: the answer is then empty and <see cref="HistoryAnswer.Trouble"/> says why.</summary>
    HistoryAnswer Read(HistoryQuestion question);
}
