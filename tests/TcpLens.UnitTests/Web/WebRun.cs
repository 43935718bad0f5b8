using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using TcpLens.Core.Explain;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Sources;
using TcpLens.Outputs.Web;
using TcpLens.UnitTests.CommandLine;
using TcpLens.UnitTests.Monitoring;
using Xunit;

namespace TcpLens.UnitTests.Web;

/// <summary>A web server on a free port of loopback, and a client that follows no redirect and keeps no cookie.</summary>
internal sealed class WebRun : IAsyncDisposable
{
    public const string Token = "correct horse battery";

    private WebRun(WebServer server, HttpClient client, ReportBoard board, SetClock clock)
    {
        (Server, Client, Board, Clock) = (server, client, board, clock);
    }

    public WebServer Server { get; }

    public HttpClient Client { get; }

    public ReportBoard Board { get; }

    public SetClock Clock { get; }

    public Uri Address => Server.Addresses[0];

    public static CancellationToken End => TestContext.Current.CancellationToken;

    public static WebSettings Settings { get; } = new() { Listen = [new IPEndPoint(IPAddress.Loopback, 0)] };

    public static WebSettings WithToken { get; } = Settings with { Token = System.Text.Encoding.UTF8.GetBytes(Token) };

    public static async Task<WebRun> StartAsync(WebSettings? settings = null, IConnections? connections = null, Func<WebContent, WebContent>? change = null, Report? first = null)
    {
        var board = new ReportBoard();
        var clock = new SetClock();
        board.Publish(first ?? SampleReports.WebServer);
        var content = new WebContent
        {
            Board = board,
            History = new FakeHistory(),
            Connections = connections ?? new FakeConnections { Sockets = SampleReadings.Sockets },
            HostValues = () => HostValues.Unknown,
            Version = "1.2.3",
            Visibility = [new(true, new("its own network namespace", "自身的网络命名空间")), new(false, new("the programs behind the sockets", "套接字所属的程序"), new("CAP_SYS_PTRACE", "CAP_SYS_PTRACE"))],
            RunStart = SampleReports.At.AddSeconds(-1),
            Clock = clock,
            Dashboard = new FakeFiles(),
        };
        var server = await WebServer.StartAsync(settings ?? Settings, change?.Invoke(content) ?? content, NullLoggerFactory.Instance, End);
        var client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate!.Subject == certificate.Issuer },
        })
        {
            BaseAddress = server.Addresses[0],
        };
        return new WebRun(server, client, board, clock);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }

    public async Task<JsonDocument> Json(string path)
    {
        using var response = await Client.GetAsync(path, End);
        string text = await response.Content.ReadAsStringAsync(End);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path}: {(int)response.StatusCode} {text}");
        return JsonDocument.Parse(text);
    }

    public async Task<string> Text(string path)
    {
        using var response = await Client.GetAsync(path, End);
        return await response.Content.ReadAsStringAsync(End);
    }

    public async Task<HttpStatusCode> Status(string path, params (string Name, string Value)[] headers)
    {
        using var response = await Send(HttpMethod.Get, path, null, headers);
        return response.StatusCode;
    }

    public Task<HttpResponseMessage> Send(HttpMethod method, string path, HttpContent? body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path) { Content = body };
        foreach (var (name, value) in headers)
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        return Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, End);
    }

    /// <summary>Indented, so that a golden file can be read.</summary>
    public static string Pretty(JsonDocument json)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            json.WriteTo(writer);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }
}
