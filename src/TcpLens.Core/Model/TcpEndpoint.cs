namespace TcpLens.Core.Model;

/// <summary>One end of a connection. Port 0 and the wildcard address mean that there is none (the remote end of a listener).</summary>
public readonly record struct TcpEndpoint(IpAddress Address, ushort Port)
{
    /// <summary>As <c>192.0.2.1:443</c>, <c>[2001:db8::1]:443</c>; a wildcard or port 0 as <c>*</c>.</summary>
    public override string ToString()
    {
        string port = Port == 0 ? "*" : Port.ToString();
        if (Address.IsAny)
            return $"*:{port}";
        return Address.IsV4 ? $"{Address}:{port}" : $"[{Address}]:{port}";
    }
}
