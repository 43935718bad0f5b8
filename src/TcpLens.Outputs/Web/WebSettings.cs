using System.Collections.Immutable;
using System.Net;

namespace TcpLens.Outputs.Web;

/// <summary>Where the web server listens, and whom it answers.</summary>
public sealed record WebSettings
{
    /// <summary>The port without another word.</summary>
    public const int StandardPort = 11011;

    /// <summary>A shorter token could be guessed.</summary>
    public const int ShortestToken = 16;

    /// <summary>At least one. Port 0 takes a free one.</summary>
    public ImmutableArray<IPEndPoint> Listen { get; init; } = [new(IPAddress.Loopback, StandardPort)];

    /// <summary>What a reader has to know, at least <see cref="ShortestToken"/> bytes; <see langword="null"/> on loopback only.</summary>
    public ReadOnlyMemory<byte>? Token { get; init; }

    /// <summary>The certificate and its chain in PEM; <see langword="null"/> without TLS. A file that changes is read anew.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>The certificate's private key in PEM.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Names under which browsers may ask, beside addresses and <c>localhost</c>: a foreign name is an attack (DNS rebinding).</summary>
    public ImmutableArray<string> HostNames { get; init; } = [];

    /// <summary>Whether <c>/metrics</c> also tells the names of node_exporter.</summary>
    public bool NodeExporterNames { get; init; }

    public WebLimits Limits { get; init; } = new();
}
