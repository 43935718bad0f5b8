using TcpLens.Core.Model;
using TcpLens.Core.Owners;

namespace TcpLens.Core.Readings;

/// <summary>A socket in a list, with the name of its network namespace, and its owner where that was looked for.</summary>
public readonly record struct ListedSocket(string Namespace, SocketRecord Socket, OwnerSighting Sighting = default);
