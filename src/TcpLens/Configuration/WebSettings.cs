using System.Collections.Immutable;
using System.Net;

namespace TcpLens.Configuration;

/// <summary>The dashboard, the API and the metrics: section <c>[web]</c>.</summary>
internal sealed record WebSettings
{
    public bool Enabled { get; init; } = true;

    /// <summary>Where to listen; at least one.</summary>
    public ImmutableArray<ListenAddress> Listen { get; init; } = [new(IPAddress.Loopback, 11011)];

    /// <summary>The file with the token; empty for none.</summary>
    public string TokenFile { get; init; } = "";

    /// <summary>The certificate chain in PEM; empty for plain HTTP.</summary>
    public string CertificateFile { get; init; } = "";

    /// <summary>The private key of the certificate in PEM; empty for plain HTTP.</summary>
    public string KeyFile { get; init; } = "";

    /// <summary>Names by which browsers may call the server, beside its addresses and localhost.</summary>
    public ImmutableArray<string> AllowedHosts { get; init; } = [];

    /// <summary>Whether <c>/metrics</c> also has node_exporter's names.</summary>
    public bool NodeExporterNames { get; init; }
}
