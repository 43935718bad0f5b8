using System.Net;
using System.Net.Sockets;

namespace TcpLens.Zabbix.Passive;

/// <summary>An address cannot be listened at.</summary>
public sealed class PassiveListenException(IPEndPoint endPoint, SocketException trouble) : IOException($"cannot listen at {endPoint}: {trouble.Message}", trouble)
{
    public IPEndPoint EndPoint => endPoint;

    /// <summary>Why: <see cref="SocketError.AddressAlreadyInUse"/>, <see cref="SocketError.AccessDenied"/>, <see cref="SocketError.AddressNotAvailable"/> ...</summary>
    public SocketError Error => trouble.SocketErrorCode;
}
