using TcpLens.Core.Text;

namespace TcpLens.Core.History;

/// <summary>In the place of a history where there is none, with the reason.</summary>
public sealed class NoHistory(Phrase reason) : IHistory
{
    public HistoryStatus Status { get; } = new() { IsKept = false, Trouble = reason };

    public HistoryAnswer Read(HistoryQuestion question) => HistoryAnswer.Empty(question, reason);
}
