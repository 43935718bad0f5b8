using System.Net;
using System.Text;
using System.Text.Json;
using TcpLens.TestKit;
using TcpLens.UnitTests.Monitoring;
using Xunit;

namespace TcpLens.UnitTests.Web;

/// <summary>Requests that are wrong get a clear answer in both languages.</summary>
public sealed class BadRequests
{
    private static readonly string[] s_wrong =
    [
        "/api/v1/nothing", "/api/v2/report", "/api/", "/api/v1/report?x=1", "/api/v1/explain/", "/api/v1/explain/estblished", "/api/v1/explain/%0a",
        "/api/v1/explain/" + new string('x', 500),
        "/api/v1/history?form=-1h", "/api/v1/history?from=yesterday", "/api/v1/history?from=2026-01-01T00:00:00", "/api/v1/history?from=-1h&to=-2h",
        "/api/v1/history?from=-99999999999d", "/api/v1/history?from=99999999999999999999", "/api/v1/history?points=1", "/api/v1/history?points=10001",
        "/api/v1/history?points=abc", "/api/v1/history?series=sockets.timewait", "/api/v1/history?series=,", "/api/v1/history?points=600&points=700",
        "/api/v1/history?points=10000&series=" + string.Join(',', Core.Metrics.MetricSeries.All.Select(series => series.Id)),
        "/api/v1/connections?filter=stat:close_wait", "/api/v1/connections?filter=port:99999", "/api/v1/connections?filter=" + new string('a', 1001),
        "/api/v1/connections?sort=size", "/api/v1/connections?reverse=1", "/api/v1/connections?limit=0", "/api/v1/connections?limit=1001", "/api/v1/connections?limit=-5",
        "/api/v1/connections?format=xml", "/api/v1/connections?reverse=yes&sort=state", "/api/v1/connections/groups?by=colour", "/api/v1/connections/groups?by=remote_net&prefix=200", "/api/v1/connections/groups?limt=3",
        "/missing.js", "/../etc/passwd.txt", "/assets/..%2f..%2fsecret.txt",
    ];

    [Fact]
    public async Task Every_wrong_request_is_told_what_is_wrong()
    {
        await using var run = await WebRun.StartAsync();
        var told = new StringBuilder();
        foreach (string path in s_wrong)
        {
            using var response = await run.Send(HttpMethod.Get, path, null);
            Assert.InRange((int)response.StatusCode, 400, 499);
            using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(WebRun.End));
            var error = json.RootElement.GetProperty("error");
            string shown = path.Length > 100 ? path[..100] + "…" : path;
            told.Append($"{shown}\n  {(int)response.StatusCode} {error.GetProperty("code").GetString()}\n  {error.GetProperty("message").GetProperty("en").GetString()}\n  {error.GetProperty("message").GetProperty("zh").GetString()}\n");
        }

        Golden.Match("bad-requests", told.ToString().Replace("\0", "\\0", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("POST", "/api/v1/report", "GET, HEAD")]
    [InlineData("DELETE", "/api/v1/connections", "GET, HEAD")]
    [InlineData("PUT", "/", "GET, HEAD")]
    [InlineData("OPTIONS", "/metrics", "GET, HEAD")]
    [InlineData("TRACE", "/", "GET, HEAD")]
    [InlineData("PUT", "/login", "GET, HEAD, POST")]
    [InlineData("GET", "/logout", "POST")]
    public async Task Another_method_is_405_and_names_those_that_are_allowed(string method, string path, string allowed)
    {
        await using var run = await WebRun.StartAsync();
        using var response = await run.Send(new HttpMethod(method), path, null);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow));
    }

    [Theory]
    [InlineData("now", "2026-11-22T15:00:00Z")]
    [InlineData("-90s", "2026-11-22T14:58:30Z")]
    [InlineData("-2h", "2026-11-22T13:00:00Z")]
    [InlineData("-1w", "2026-11-15T15:00:00Z")]
    [InlineData("-1y", "2025-11-22T15:00:00Z")]
    [InlineData("1763820000000", "2025-11-22T14:00:00Z")]
    [InlineData("2026-11-22T17:30:00+08:00", "2026-11-22T09:30:00Z")]
    [InlineData("2026-11-22T17:30:00 08:00", "2026-11-22T09:30:00Z")]
    [InlineData("2026-11-22T09:30:00.125Z", "2026-11-22T09:30:00.125Z")]
    [InlineData("2026-11-22T09:30-01:00", "2026-11-22T10:30:00Z")]
    public void A_time_is_read_as_it_is_meant(string word, string meant)
    {
        Assert.True(Outputs.Web.Api.TimeWord.TryParse(word, SampleReports.At, out var time));
        Assert.Equal(DateTimeOffset.Parse(meant, System.Globalization.CultureInfo.InvariantCulture), time);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("-h")]
    [InlineData("-2x")]
    [InlineData("--2h")]
    [InlineData("-4294967296s")]
    [InlineData("-40000d")]
    [InlineData("9223372036854775807")]
    [InlineData("2026-11-22")]
    [InlineData("2026-11-22T17:30:00")]
    [InlineData("2026-13-22T17:30:00Z")]
    public void What_is_no_time_is_refused(string word) => Assert.False(Outputs.Web.Api.TimeWord.TryParse(word, SampleReports.At, out _));
}
