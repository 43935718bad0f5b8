namespace TcpLens.Core.Model;

/// <summary>Sockets in one state. <see cref="Ipv6"/> is the socket's family; <see cref="V4Mapped"/> are those of them that carry IPv4.</summary>
public readonly record struct StateCount(long Ipv4, long Ipv6, long V4Mapped)
{
    public long Total => Ipv4 + Ipv6;

    public static StateCount operator +(StateCount left, StateCount right) =>
        new(left.Ipv4 + right.Ipv4, left.Ipv6 + right.Ipv6, left.V4Mapped + right.V4Mapped);

    public static StateCount Add(StateCount left, StateCount right) => left + right;
}
