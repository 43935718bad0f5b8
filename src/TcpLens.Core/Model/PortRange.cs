namespace TcpLens.Core.Model;

/// <summary>The ports from <paramref name="First"/> to <paramref name="Last"/>, both among them; <paramref name="First"/> is not above <paramref name="Last"/>.</summary>
public readonly record struct PortRange(ushort First, ushort Last)
{
    /// <summary>Number of ports, 1 to 65,536.</summary>
    public int Count => Last - First + 1;

    public bool Contains(ushort port) => port >= First && port <= Last;

    /// <summary>Number of ports that are in both ranges.</summary>
    public int Shared(PortRange other) => Math.Max(0, Math.Min(Last, other.Last) - Math.Max(First, other.First) + 1);
}
