using System.Collections.Immutable;
using System.Net;
using System.Net.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TcpLens.Core.Text;

namespace TcpLens.Outputs.Web;

/// <summary>
/// The resident monitor's web server: JSON API, live stream, Prometheus' metrics and the dashboard. Listens from <see cref="StartAsync"/>
/// until it is disposed; what it takes on is bounded by <see cref="WebLimits"/>.
/// </summary>
public sealed class WebServer : IAsyncDisposable
{
    /// <summary>Requests under way get so long to end.</summary>
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(2);

    private readonly WebApplication _host;
    private readonly IServer _server;
    private readonly Site _site;

    private WebServer(WebApplication host, IServer server, Site site) => (_host, _server, _site) = (host, server, site);

    /// <summary>Where the server listens, with the ports that it got: <c>http://127.0.0.1:11011</c>.</summary>
    public ImmutableArray<Uri> Addresses => [.. _server.Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address))];

    /// <summary>Starts listening.</summary>
    /// <exception cref="WebStartException">The settings are not safe, a file cannot be read, or an address cannot be listened on.</exception>
    public static async Task<WebServer> StartAsync(WebSettings settings, WebContent content, ILoggerFactory logs, CancellationToken end)
    {
        Check(settings);
        var log = logs.CreateLogger("TcpLens.Web");
        var certificates = settings is { CertificateFile: { } file, KeyFile: { } key } ? new Certificates(file, key, content.Clock, log) : null;
        // An empty host: nothing reads the environment, the arguments or a configuration file, and nothing of MVC, routing or the like comes along.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddSingleton(logs);
        var host = builder.Build();
        var site = new Site(settings, content, log);
        try
        {
            var options = host.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value;
            Configure(options, settings.Limits);
            foreach (var endpoint in settings.Listen)
                options.Listen(endpoint, listening => Listen(listening, certificates));
            var server = host.Services.GetRequiredService<IServer>();
            await server.StartAsync(site, end);
            return new WebServer(host, server, site);
        }
        catch (Exception error)
        {
            site.Dispose();
            await host.DisposeAsync();
            if (error is IOException or System.Net.Sockets.SocketException)
            {
                throw new WebStartException(
                    new Phrase("Cannot listen on {0}: {1}", "无法在 {0} 上监听：{1}").With(string.Join(", ", settings.Listen), (error.InnerException ?? error).Message), error);
            }

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The streams never end by themselves.
        await _site.EndStreamsAsync();
        using (var farewell = new CancellationTokenSource(s_farewell))
            await _server.StopAsync(farewell.Token);
        await _host.DisposeAsync();
        _site.Dispose();
    }

    private static void Check(WebSettings settings)
    {
        if (settings.Token is { } token)
        {
            if (token.Length < WebSettings.ShortestToken)
                throw new WebStartException(new Phrase("The token is too short: at least {0} bytes.", "令牌太短：至少需要 {0} 个字节。").With(WebSettings.ShortestToken));
        }
        else if (settings.Listen.FirstOrDefault(endpoint => !IPAddress.IsLoopback(endpoint.Address)) is { } open)
        {
            throw new WebStartException(new Phrase(
                "Everybody who reaches {0} could read the connections of this host: configure a token (web.token_file), or listen on 127.0.0.1.",
                "能访问 {0} 的任何人都可以读取本机的连接：请配置令牌（web.token_file），或只在 127.0.0.1 上监听。").With(open));
        }

        if (settings.CertificateFile is null != settings.KeyFile is null)
            throw new WebStartException(new("TLS needs both a certificate and its key.", "TLS 同时需要证书和私钥。"));
    }

    private static void Configure(KestrelServerOptions options, WebLimits limits)
    {
        options.AddServerHeader = false;
        options.AllowSynchronousIO = false;
        options.Limits.MaxConcurrentConnections = limits.Connections;
        options.Limits.MaxConcurrentUpgradedConnections = 0;
        options.Limits.MaxRequestLineSize = limits.RequestLineBytes;
        options.Limits.MaxRequestBufferSize = Math.Max(limits.RequestLineBytes, limits.HeaderBytes);
        options.Limits.MaxRequestHeadersTotalSize = limits.HeaderBytes;
        options.Limits.MaxRequestHeaderCount = 64;
        options.Limits.MaxRequestBodySize = limits.BodyBytes;
        options.Limits.RequestHeadersTimeout = limits.HeaderTime;
        options.Limits.KeepAliveTimeout = limits.IdleTime;
        options.Limits.Http2.MaxStreamsPerConnection = 32;
    }

    private static void Listen(ListenOptions listening, Certificates? certificates)
    {
        // HTTP/2 comes with TLS alone: no browser speaks it without.
        listening.Protocols = certificates is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2;
        if (certificates is not null)
        {
            listening.UseHttps(new TlsHandshakeCallbackOptions
            {
                OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificateContext = certificates.Current }),
            });
        }
    }
}
