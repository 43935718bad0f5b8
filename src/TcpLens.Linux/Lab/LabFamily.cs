namespace TcpLens.Linux.Lab;

/// <summary>What a socket of the lab speaks, and of which family it is.</summary>
public enum LabFamily
{
    IPv4,
    IPv6,

    /// <summary>An IPv6 socket that carries IPv4 (<c>::ffff:a.b.c.d</c>), as the clients of a dual-stack listener are.</summary>
    V4Mapped,
}
