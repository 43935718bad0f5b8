using TcpLens.Core.Model;
using TcpLens.Core.Text;

namespace TcpLens.Linux.Namespaces;

/// <summary>A network namespace could not be entered. <see cref="Reason"/> says why and what would change it, for people.</summary>
public sealed class NamespaceEntryException : Exception
{
    internal NamespaceEntryException(NetworkNamespace target, Phrase reason, bool isPermission)
        : base(reason.English)
    {
        Target = target;
        Reason = reason;
        IsPermission = isPermission;
    }

    /// <summary>The namespace that stayed shut.</summary>
    public NetworkNamespace Target { get; }

    public Phrase Reason { get; }

    /// <summary>Whether root would get in. The namespace may then still be read from outside: <see cref="NamespaceEntry.NetDirectory"/>.</summary>
    public bool IsPermission { get; }
}
