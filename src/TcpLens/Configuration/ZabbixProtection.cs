namespace TcpLens.Configuration;

/// <summary>How a connection is protected: the words of the agent's <c>TLSConnect</c> and <c>TLSAccept</c>.</summary>
internal enum ZabbixProtection
{
    Unencrypted,

    /// <summary>By a key that both sides know.</summary>
    Psk,

    /// <summary>By certificates on both sides.</summary>
    Certificate,
}
