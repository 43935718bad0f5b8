using TcpLens.Core.Text;

namespace TcpLens.Core.Sources;

/// <summary>A source cannot be used here. <see cref="Reason"/> says why and what would change it, for people.</summary>
public sealed class SourceUnavailableException : Exception
{
    public SourceUnavailableException(string source, Phrase reason)
        : base($"{source}: {reason.English}")
    {
        SourceName = source;
        Reason = reason;
    }

    public string SourceName { get; }

    public Phrase Reason { get; }
}
