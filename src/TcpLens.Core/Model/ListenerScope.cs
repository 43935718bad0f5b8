namespace TcpLens.Core.Model;

/// <summary>From where the listeners of a port can be reached; the widest of them counts.</summary>
public enum ListenerScope
{
    /// <summary>Loopback addresses alone.</summary>
    Loopback,

    /// <summary>One or more addresses of the host, but not all.</summary>
    Address,

    /// <summary>The wildcard address: every address of the host.</summary>
    Any,
}
