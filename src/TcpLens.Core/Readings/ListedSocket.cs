using TcpLens.Core.Model;

namespace TcpLens.Core.Readings;

/// <summary>A socket in a list, with the name of its network namespace.</summary>
public readonly record struct ListedSocket(string Namespace, SocketRecord Socket);
