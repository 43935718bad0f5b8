namespace TcpLens.Configuration;

/// <summary>Which network namespaces the monitor counts.</summary>
internal enum NamespaceScope
{
    /// <summary>Its own.</summary>
    Own,

    /// <summary>Its own for the headline, and beside it all others that it may enter.</summary>
    All,
}
