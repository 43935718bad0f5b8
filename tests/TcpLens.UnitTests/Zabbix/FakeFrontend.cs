using System.Net;
using System.Text;
using System.Text.Json;

namespace TcpLens.UnitTests.Zabbix;

/// <summary>A Zabbix frontend in memory: answers each method of the API with a fixed result and remembers what it was asked.</summary>
internal sealed class FakeFrontend(string version) : HttpMessageHandler
{
    public Dictionary<string, string> Results { get; } = new(StringComparer.Ordinal);

    /// <summary>The whole answer in place of all results, with its HTTP status.</summary>
    public (HttpStatusCode Status, string Text, string? Location)? Instead { get; init; }

    public List<(string Method, string Parameters, string? BodyToken, string? HeaderToken, string Url)> Calls { get; } = [];

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(request.Content!.ReadAsStream(cancellationToken));
        using var body = JsonDocument.Parse(reader.ReadToEnd());
        string method = body.RootElement.GetProperty("method").GetString()!;
        Calls.Add((
            method,
            body.RootElement.GetProperty("params").GetRawText(),
            body.RootElement.TryGetProperty("auth", out var auth) ? auth.GetString() : null,
            request.Headers.Authorization?.ToString(),
            request.RequestUri!.ToString()));
        if (Instead is { } other)
        {
            var answer = new HttpResponseMessage(other.Status) { Content = new StringContent(other.Text, Encoding.UTF8) };
            if (other.Location is { } location)
                answer.Headers.Location = new Uri(location);
            return answer;
        }

        string result = method == "apiinfo.version" ? $"\"{version}\"" : Results.GetValueOrDefault(method, "[]");
        string text = result.StartsWith("error ", StringComparison.Ordinal)
            ? $$"""{"jsonrpc":"2.0","error":{"code":-32602,"message":"Invalid params.","data":"{{result["error ".Length..]}}"},"id":1}"""
            : $$"""{"jsonrpc":"2.0","result":{{result}},"id":1}""";
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(text, Encoding.UTF8) };
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(Send(request, cancellationToken));
}
