using System.Net;
using System.Text.Json;
using TcpLens.Core.Grouping;
using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Readings;
using TcpLens.Core.Sources;
using TcpLens.TestKit;
using TcpLens.UnitTests.CommandLine;
using TcpLens.UnitTests.Monitoring;
using TcpLens.UnitTests.Owners;
using TcpLens.UnitTests.Zabbix;
using Xunit;

namespace TcpLens.UnitTests.Web;

/// <summary>What the API answers, over real sockets.</summary>
public sealed class ApiAnswers
{
    [Theory]
    [InlineData("report", "/api/v1/report")]
    [InlineData("explain", "/api/v1/explain/CLOSE-WAIT")]
    [InlineData("history", "/api/v1/history?series=sockets.time_wait,counter.ListenOverflows&from=-2h&points=100")]
    [InlineData("connections", "/api/v1/connections?filter=!port:22&sort=sendq&limit=4")]
    [InlineData("groups", "/api/v1/connections/groups?by=remote_net24&limit=3")]
    [InlineData("catalogue", "/api/v1/catalogue")]
    [InlineData("openapi", "/api/v1/openapi.json")]
    public async Task An_answer_reads_as_committed(string name, string path)
    {
        await using var run = await WebRun.StartAsync();
        using var json = await run.Json(path);
        Golden.Match(name, System.Text.RegularExpressions.Regex.Replace(WebRun.Pretty(json), "\"duration_ms\": [0-9.]+\n", "\"duration_ms\": 0\n", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task A_report_without_a_reading_has_null_and_never_0()
    {
        await using var run = await WebRun.StartAsync(first: SampleReports.Unreadable);
        using var json = await run.Json("/api/v1/report");
        Golden.Match("report.unreadable", WebRun.Pretty(json));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await run.Status("/api/v1/states"));
    }

    [Fact]
    public async Task States_are_what_the_command_prints()
    {
        await using var run = await WebRun.StartAsync();
        string printed = CommandRun.Of(new FakeKernel { Readings = [SampleReports.WebServer.ToHostReading()!] }, "states", "--json").Good();
        Assert.Equal(printed, await run.Text("/api/v1/states"));
    }

    [Fact]
    public async Task Every_documented_endpoint_answers_what_the_document_says()
    {
        await using var run = await WebRun.StartAsync();
        using var document = await run.Json("/api/v1/openapi.json");
        int checkedAnswers = 0;
        foreach (var path in document.RootElement.GetProperty("paths").EnumerateObject())
        {
            string url = path.Name.Replace("{state}", "time_wait", StringComparison.Ordinal);
            using var response = await run.Send(HttpMethod.Get, url, null);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            var content = path.Value.GetProperty("get").GetProperty("responses").GetProperty("200").GetProperty("content").EnumerateObject().Single();
            Assert.Equal(content.Name, response.Content.Headers.ContentType!.MediaType);
            if (content.Name != "application/json")
                continue;
            using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(WebRun.End));
            SchemaCheck.Holds(document.RootElement, content.Value.GetProperty("schema"), answer.RootElement, url);
            checkedAnswers++;
        }

        Assert.Equal(9, checkedAnswers);
    }

    [Fact]
    public async Task Findings_are_told_as_documented_with_their_times()
    {
        var full = new Diagnosis.Scene { Sockets = [SampleDetails.Listener("0.0.0.0", 443, 101, 100)], Limits = SampleDetails.Limits with { AbortOnOverflow = 1 } };
        await using var run = await WebRun.StartAsync(first: SampleReports.Of(full.Reading));
        using var document = await run.Json("/api/v1/openapi.json");
        using var answer = await run.Json("/api/v1/findings");
        var schema = document.RootElement.GetProperty("paths").GetProperty("/api/v1/findings").GetProperty("get").GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("schema");
        SchemaCheck.Holds(document.RootElement, schema, answer.RootElement, "findings");
        var open = answer.RootElement.GetProperty("open");
        Assert.Equal(("accept_queue", "critical", "443"), (open[0].GetProperty("rule").GetString(), open[0].GetProperty("severity").GetString(), open[0].GetProperty("subject").GetProperty("key").GetString()));
        Assert.Equal("2026-11-22T15:00:00.000Z", open[0].GetProperty("opened").GetString());
        Assert.Equal("tcp_abort_on_overflow", open[1].GetProperty("rule").GetString());
        Assert.Contains("tcplens_finding{rule=\"accept_queue\",severity=\"critical\"} 1\n", await run.Text("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_without_a_reading_is_as_documented_too()
    {
        await using var run = await WebRun.StartAsync(first: SampleReports.Unreadable);
        using var document = await run.Json("/api/v1/openapi.json");
        using var answer = await run.Json("/api/v1/report");
        var schema = document.RootElement.GetProperty("paths").GetProperty("/api/v1/report").GetProperty("get").GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("schema");
        SchemaCheck.Holds(document.RootElement, schema, answer.RootElement, "report");
    }

    [Fact]
    public async Task Without_a_report_there_is_503_and_not_a_row_of_zeros()
    {
        await using var run = await WebRun.StartAsync(change: content => content with { Board = new ReportBoard() });
        foreach (string path in new[] { "/api/v1/states", "/api/v1/report", "/metrics", "/healthz" })
        {
            using var response = await run.Send(HttpMethod.Get, path, null);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.NotNull(response.Headers.RetryAfter);
            Assert.Contains("\"unavailable\"", await response.Content.ReadAsStringAsync(WebRun.End));
        }
    }

    [Fact]
    public async Task A_download_of_connections_is_a_file()
    {
        await using var run = await WebRun.StartAsync();
        using var response = await run.Send(HttpMethod.Get, "/api/v1/connections?format=csv&download=1&filter=state:listen,close_wait", null);
        Assert.Equal("text/csv", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("tcplens-connections.csv", response.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        Golden.Match("connections.csv", await response.Content.ReadAsStringAsync(WebRun.End));
    }

    [Fact]
    public async Task Matches_are_counted_all_and_shown_in_part()
    {
        await using var run = await WebRun.StartAsync(connections: new FakeConnections { Sockets = Many(5000) });
        using var rows = await run.Json("/api/v1/connections?filter=state:established&limit=1000&sort=rport&reverse=1");
        Assert.Equal(5000, rows.RootElement.GetProperty("matched").GetInt64());
        Assert.Equal(1000, rows.RootElement.GetProperty("connections").GetArrayLength());
        Assert.Equal(5000, rows.RootElement.GetProperty("connections")[0].GetProperty("remote_port").GetInt32());
    }

    [Theory]
    [InlineData("state")]
    [InlineData("local_port")]
    [InlineData("remote_address")]
    [InlineData("remote_port")]
    [InlineData("remote_net24")]
    [InlineData("family")]
    [InlineData("uid")]
    [InlineData("netns")]
    [InlineData("service")]
    [InlineData("process")]
    [InlineData("container")]
    [InlineData("user")]
    [InlineData("remote_net")]
    [InlineData("remote_net&prefix=9,77")]
    public async Task The_filter_of_a_group_finds_that_group(string by)
    {
        await using var run = await WebRun.StartAsync();
        using var groups = await run.Json($"/api/v1/connections/groups?by={by}");
        long sum = groups.RootElement.GetProperty("unknown").GetProperty("total").GetInt64();
        foreach (var group in groups.RootElement.GetProperty("groups").EnumerateArray())
        {
            long total = group.GetProperty("total").GetInt64();
            sum += total;
            // The namespace is no matter of the sink: the fake tells all of them whatever is asked.
            if (by == "netns")
                continue;
            using var rows = await run.Json("/api/v1/connections?filter=" + Uri.EscapeDataString(group.GetProperty("filter").GetString()!));
            Assert.Equal(total, rows.RootElement.GetProperty("matched").GetInt64());
        }

        Assert.Equal(groups.RootElement.GetProperty("matched").GetInt64(), sum);
    }

    [Fact]
    public void More_groups_than_are_told_apart_are_counted_as_a_whole()
    {
        var groups = new SocketGroups(GroupBy.All.First(by => by.Name == "remote_address"));
        for (uint i = 0; i < SocketGroups.GroupsMaximum + 7; i++)
            groups.Add("host", SampleDetails.Socket(TcpState.Established, "192.0.2.1", 443, "192.0.2.2", 1) with { Remote = new TcpEndpoint(new IpAddress((UInt128)i + 1), 1) }, default);
        Assert.Equal(7, groups.Unplaced);
        Assert.Equal(SocketGroups.GroupsMaximum, groups.Count);
        Assert.Equal(SocketGroups.GroupsMaximum + 7, groups.Matched);
    }

    [Fact]
    public async Task A_group_of_an_owner_says_how_sure_it_is_and_how_old_its_sockets_are()
    {
        await using var run = await WebRun.StartAsync(connections: new FakeConnections { Sockets = SampleReadings.Sockets });
        using var json = await run.Json("/api/v1/connections/groups?by=service");
        var groups = json.RootElement.GetProperty("groups");
        Assert.Equal("nginx.service", groups[0].GetProperty("key").GetString());
        Assert.Equal("mixed", groups[0].GetProperty("certainty").GetString());
        Assert.Equal(FakeOwners.Nginx.CommandLine, groups[0].GetProperty("detail").GetString());
        Assert.Equal(12, groups[0].GetProperty("oldest_seconds").GetProperty("time_wait").GetInt32());
        Assert.Equal(0, json.RootElement.GetProperty("unknown").GetProperty("total").GetInt32());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("unknown").GetProperty("reason").ValueKind);
    }

    [Fact]
    public async Task What_has_no_owner_is_counted_with_the_reason()
    {
        await using var run = await WebRun.StartAsync(connections: new FakeConnections { Sockets = Many(4) });
        using var json = await run.Json("/api/v1/connections/groups?by=process");
        var unknown = json.RootElement.GetProperty("unknown");
        Assert.Equal(4, unknown.GetProperty("total").GetInt32());
        Assert.Equal(0, json.RootElement.GetProperty("groups").GetArrayLength());
        Assert.Equal(0, json.RootElement.GetProperty("other").GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_connection_is_told_with_its_owner()
    {
        await using var run = await WebRun.StartAsync(connections: new FakeConnections { Sockets = SampleReadings.Sockets });
        using var json = await run.Json("/api/v1/connections?filter=process:java");
        var owner = Assert.Single(json.RootElement.GetProperty("connections").EnumerateArray()).GetProperty("owner");
        Assert.Equal("containerd:0123456789ab", owner.GetProperty("service").GetString());
        Assert.Equal(4711, owner.GetProperty("pid").GetInt32());
        Assert.Equal("held", owner.GetProperty("certainty").GetString());
    }

    [Fact]
    public async Task An_incomplete_pass_says_so()
    {
        var pass = new Pass { Completeness = Completeness.Interrupted, Reason = new("the table changed", "套接字表发生了变化") };
        await using var run = await WebRun.StartAsync(connections: new FakeConnections { Sockets = SampleReadings.Sockets, Pass = pass });
        using var json = await run.Json("/api/v1/connections");
        Assert.Equal("interrupted", json.RootElement.GetProperty("completeness").GetString());
        Assert.Equal("套接字表发生了变化", json.RootElement.GetProperty("completeness_reason").GetProperty("zh").GetString());
    }

    [Fact]
    public async Task A_source_that_is_not_there_is_503_with_its_reason()
    {
        await using var run = await WebRun.StartAsync(connections: new FakeConnections { Failure = new SourceUnavailableException("proc", new("no /proc", "没有 /proc")) });
        using var response = await run.Send(HttpMethod.Get, "/api/v1/connections", null);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("没有 /proc", await response.Content.ReadAsStringAsync(WebRun.End));
    }

    [Fact]
    public async Task A_fault_is_500_without_its_stack()
    {
        await using var run = await WebRun.StartAsync(connections: new FakeConnections { Failure = new InvalidOperationException("secret detail") });
        using var response = await run.Send(HttpMethod.Get, "/api/v1/connections", null);
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        string text = await response.Content.ReadAsStringAsync(WebRun.End);
        Assert.Contains("\"internal\"", text);
        Assert.DoesNotContain("secret", text);
        Assert.DoesNotContain("   at ", text);
    }

    [Fact]
    public async Task Health_ends_when_no_sample_comes()
    {
        await using var run = await WebRun.StartAsync();
        Assert.Equal("ok\n", await run.Text("/healthz"));
        run.Clock.Now = SampleReports.At.AddSeconds(3.5);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await run.Status("/healthz"));
        run.Board.Publish(SampleReports.WebServer with { Number = 3, At = run.Clock.Now });
        Assert.Equal(HttpStatusCode.OK, await run.Status("/healthz"));
    }

    [Fact]
    public async Task A_head_request_has_the_headers_and_no_body()
    {
        await using var run = await WebRun.StartAsync();
        foreach (string path in new[] { "/api/v1/report", "/api/v1/history", "/api/v1/stream", "/metrics", "/" })
        {
            using var response = await run.Send(HttpMethod.Head, path, null);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Empty(await response.Content.ReadAsByteArrayAsync(WebRun.End));
        }
    }

    private static List<ListedSocket> Many(int count) =>
        [.. Enumerable.Range(1, count).Select(i => new ListedSocket("host", SampleDetails.Socket(TcpState.Established, "192.0.2.1", 443, "198.51.100.7", i)))];
}
