namespace TcpLens.Core.Filtering;

/// <summary>What of a socket a filter word looks at. The order is that of the canonical form.</summary>
internal enum FilterField
{
    State,
    Port,
    LocalPort,
    RemotePort,
    Address,
    LocalAddress,
    RemoteAddress,
    Namespace,
    Family,
    Mapped,
    Owned,
    User,
    ReceiveQueue,
    SendQueue,
    Process,
    Service,
    Container,
    OwningUser,
}
