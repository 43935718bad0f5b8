namespace TcpLens.Core.Model;

/// <summary>From one local address to one remote address and port: among these every connection needs a local port of its own.</summary>
public readonly record struct Destination(IpAddress Source, TcpEndpoint Target)
{
    /// <summary>As <c>192.0.2.1 &gt; 198.51.100.7:5432</c>.</summary>
    public override string ToString() => $"{Source} > {Target}";
}
