using TcpLens.Core.Model;

namespace TcpLens.Linux.Lab;

/// <summary>What follows from a <see cref="LabFamily"/>.</summary>
internal static class LabFamilies
{
    /// <summary>The family of the socket itself.</summary>
    public static SocketFamily Socket(this LabFamily family) => family == LabFamily.IPv4 ? SocketFamily.IPv4 : SocketFamily.IPv6;

    /// <summary>Whether IPv6 packets are on the wire.</summary>
    public static bool SpeaksIpv6(this LabFamily family) => family == LabFamily.IPv6;
}
