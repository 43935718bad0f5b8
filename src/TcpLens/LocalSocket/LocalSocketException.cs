using TcpLens.Core.Text;

namespace TcpLens.LocalSocket;

/// <summary>The local socket cannot be opened; the monitor goes on without it.</summary>
internal sealed class LocalSocketException(Phrase reason) : Exception(reason.English)
{
    public Phrase Reason { get; } = reason;
}
