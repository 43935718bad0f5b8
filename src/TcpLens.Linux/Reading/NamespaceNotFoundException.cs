using TcpLens.Core.Text;

namespace TcpLens.Linux.Reading;

/// <summary>There is no network namespace of that name; <see cref="Reason"/> lists those that there are.</summary>
public sealed class NamespaceNotFoundException(Phrase reason) : Exception(reason.English)
{
    public Phrase Reason { get; } = reason;
}
