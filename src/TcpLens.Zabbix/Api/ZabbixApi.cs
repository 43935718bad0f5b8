using System.Buffers;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace TcpLens.Zabbix.Api;

/// <summary>
/// The JSON-RPC API of a Zabbix frontend (Zabbix manual, "API"), 6.0 and newer. It asks for the version first and speaks accordingly.
/// Every failure is a <see cref="ZabbixApiException"/>.
/// </summary>
public sealed class ZabbixApi : IDisposable
{
    private const string Page = "api_jsonrpc.php";
    private const long LongestAnswerBytes = 64L << 20;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    private readonly HttpClient _http;
    private readonly Uri _page;
    private readonly string _token;
    private string? _certificateProblem;
    private int _calls;

    private ZabbixApi(Uri frontend, string token, HttpMessageHandler? transport)
    {
        _page = PageOf(frontend);
        _token = token;
        _http = new HttpClient(transport ?? Transport()) { Timeout = s_patience, MaxResponseContentBufferSize = LongestAnswerBytes };
    }

    public ZabbixVersion Version { get; private set; }

    /// <summary>
    /// Reaches the API of the frontend at <paramref name="frontend"/> (its address in the browser, or that of its api_jsonrpc.php).
    /// A <paramref name="transport"/> other than the network is for tests.
    /// </summary>
    public static ZabbixApi Connect(Uri frontend, string token, HttpMessageHandler? transport = null)
    {
        var api = new ZabbixApi(frontend, token, transport);
        try
        {
            const string method = "apiinfo.version";
            string text = api.Send(method, json => json.WriteRawValue("[]"), authorised: false) is { ValueKind: JsonValueKind.String } answer ? answer.GetString()! : "";
            if (!ZabbixVersion.TryParse(text, out var version))
                throw new ZabbixApiException(method, ApiTrouble.NotZabbix, text);
            api.Version = version;
            return api;
        }
        catch
        {
            api.Dispose();
            throw;
        }
    }

    /// <summary>The <c>result</c> of a call whose <c>params</c> are written by <paramref name="parameters"/>.</summary>
    public JsonElement Call(string method, Action<Utf8JsonWriter> parameters) => Send(method, parameters, authorised: true);

    public void Dispose() => _http.Dispose();

    private static Uri PageOf(Uri frontend) =>
        frontend.AbsolutePath.EndsWith(".php", StringComparison.Ordinal)
            ? new Uri(frontend, Page)
            : new Uri(new Uri(frontend.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/"), Page);

    private SocketsHttpHandler Transport() => new()
    {
        // A redirected POST becomes a GET: better to say where it goes.
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = IsTrusted },
    };

    private bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
            return true;
        var links = chain?.ChainStatus.Select(link => link.Status.ToString()) ?? [];
        _certificateProblem = string.Join(", ", links.Prepend(errors.ToString()));
        return false;
    }

    private JsonElement Send(string method, Action<Utf8JsonWriter> parameters, bool authorised)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _page);
        request.Content = new ReadOnlyMemoryContent(Body(method, parameters, authorised));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json-rpc");
        if (authorised && Version.HasBearerToken)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        try
        {
            using var response = _http.Send(request);
            return Result(method, response);
        }
        catch (HttpRequestException failure)
        {
            throw Trouble(method, failure);
        }
        catch (OperationCanceledException tooLate)
        {
            throw new ZabbixApiException(method, ApiTrouble.Unreachable, $"no answer from {_page.Authority} within {s_patience.TotalSeconds} s", tooLate);
        }
    }

    private ReadOnlyMemory<byte> Body(string method, Action<Utf8JsonWriter> parameters, bool authorised)
    {
        var body = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("jsonrpc", "2.0");
            json.WriteNumber("id", ++_calls);
            json.WriteString("method", method);
            json.WritePropertyName("params");
            parameters(json);
            if (authorised && !Version.HasBearerToken)
                json.WriteString("auth", _token);
            json.WriteEndObject();
        }

        return body.WrittenMemory;
    }

    private static JsonElement Result(string method, HttpResponseMessage response)
    {
        if (response.Headers.Location is { } elsewhere)
            throw new ZabbixApiException(method, ApiTrouble.NotZabbix, $"HTTP {(int)response.StatusCode} to {elsewhere}");
        using var answer = Parse(method, response);
        if (answer.RootElement.TryGetProperty("error", out var error))
            throw Refusal(method, error);
        if (!answer.RootElement.TryGetProperty("result", out var result))
            throw new ZabbixApiException(method, ApiTrouble.NotZabbix, $"HTTP {(int)response.StatusCode}");
        return result.Clone();
    }

    private static JsonDocument Parse(string method, HttpResponseMessage response)
    {
        try
        {
            using var text = response.Content.ReadAsStream();
            var answer = JsonDocument.Parse(text);
            if (answer.RootElement.ValueKind == JsonValueKind.Object)
                return answer;
            answer.Dispose();
        }
        catch (JsonException)
        {
            // The page of something else: its status is all there is to say.
        }

        throw new ZabbixApiException(method, ApiTrouble.NotZabbix, $"HTTP {(int)response.StatusCode}");
    }

    private static ZabbixApiException Refusal(string method, JsonElement error)
    {
        string reason = Text(error, "data") is { Length: > 0 } data ? data : Text(error, "message");
        reason = reason.TrimEnd('.');
        var trouble = Says("re-login") || Says("Not authori") || Says("token expired") ? ApiTrouble.TokenRejected
            : Says("No permissions") ? ApiTrouble.NoPermission
            : ApiTrouble.Refused;
        return new ZabbixApiException(method, trouble, reason);

        bool Says(string words) => reason.Contains(words, StringComparison.OrdinalIgnoreCase);
    }

    private static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private ZabbixApiException Trouble(string method, HttpRequestException failure)
    {
        if (failure.HttpRequestError == HttpRequestError.SecureConnectionError)
            return new ZabbixApiException(method, ApiTrouble.Tls, _certificateProblem ?? "no TLS at this port, or no common version", failure);
        string reason = failure.HttpRequestError == HttpRequestError.NameResolutionError
            ? $"{_page.Host}: no such host"
            : $"{_page.Authority}: {(failure.InnerException is SocketException socket ? socket.SocketErrorCode.ToString() : failure.HttpRequestError.ToString())}";
        return new ZabbixApiException(method, ApiTrouble.Unreachable, reason, failure);
    }
}
