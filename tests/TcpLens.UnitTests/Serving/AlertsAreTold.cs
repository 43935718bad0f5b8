using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using TcpLens.Configuration;
using TcpLens.Core.Monitoring;
using TcpLens.Serving;
using TcpLens.UnitTests.Diagnosis;
using TcpLens.UnitTests.Monitoring;
using Xunit;

namespace TcpLens.UnitTests.Serving;

/// <summary>What opens and closes reaches the address and the program, and nothing of that can hold the monitor up.</summary>
public sealed class AlertsAreTold : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alerts").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_program_gets_the_event_and_the_document()
    {
        string script = Script("printf '%s %s %s ' \"$@\" > " + _folder + "/got.new; cat >> " + _folder + "/got.new; mv " + _folder + "/got.new " + _folder + "/got");
        await using var alerts = new AlertQueue(new AlertSettings { Command = script }, NullLogger.Instance);
        alerts.Add(Opened());
        string got = await Arrived("got");
        Assert.StartsWith("opened accept_queue critical {", got, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(got[got.IndexOf('{', StringComparison.Ordinal)..]);
        Assert.Equal("443", document.RootElement.GetProperty("finding").GetProperty("subject").GetProperty("key").GetString());
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("closed").ValueKind);
    }

    [Fact]
    public async Task A_web_server_gets_the_document()
    {
        using var server = new HttpListener();
        int port = FreePort();
        server.Prefixes.Add($"http://127.0.0.1:{port}/");
        server.Start();
        await using var alerts = new AlertQueue(new AlertSettings { Webhook = $"http://127.0.0.1:{port}/hook" }, NullLogger.Instance);
        alerts.Add(Opened());
        var context = await server.GetContextAsync().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal(("POST", "/hook", "application/json"), (context.Request.HttpMethod, context.Request.RawUrl, context.Request.ContentType));
        using var document = await JsonDocument.ParseAsync(context.Request.InputStream, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("opened", document.RootElement.GetProperty("event").GetString());
        context.Response.Close();
    }

    [Fact]
    public async Task What_does_not_end_is_ended_and_what_fails_is_said()
    {
        using var delivery = new AlertDelivery();
        var alert = new Alert("edge-1", SampleReports.At, Opened().Health.Changes[0]);
        var settings = new AlertSettings { Command = Script("exec sleep 600"), Timeout = TimeSpan.FromSeconds(1) };
        Assert.Contains("no end within 1 s", Assert.Single(await delivery.TellAsync(alert, settings, CancellationToken.None)), StringComparison.Ordinal);
        Assert.Contains("exit status 7", Assert.Single(await delivery.TellAsync(alert, settings with { Command = Script("exit 7") }, CancellationToken.None)), StringComparison.Ordinal);
        Assert.Contains("/nowhere", Assert.Single(await delivery.TellAsync(alert, settings with { Command = "/nowhere/at/all" }, CancellationToken.None)), StringComparison.Ordinal);
        Assert.StartsWith("webhook: ", Assert.Single(await delivery.TellAsync(alert, new AlertSettings { Webhook = $"http://127.0.0.1:{FreePort()}/" }, CancellationToken.None)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_hangs_holds_nobody_up_and_what_does_not_fit_is_counted()
    {
        var settings = new AlertSettings { Command = Script("exec sleep 600"), Timeout = TimeSpan.FromMinutes(1) };
        await using var alerts = new AlertQueue(settings, NullLogger.Instance);
        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; i < 2 * AlertQueue.Longest; i++)
            alerts.Add(Opened());
        // One at most has left the queue.
        Assert.InRange(alerts.Dropped, AlertQueue.Longest - 1, AlertQueue.Longest);
        Assert.True(Stopwatch.GetElapsedTime(begin) < settings.Timeout);
    }

    [Fact]
    public async Task What_is_not_bad_enough_is_not_told()
    {
        string script = Script("echo \"$2\" >> " + _folder + "/told");
        await using var alerts = new AlertQueue(new AlertSettings { Command = script, Severity = Severity.Critical }, NullLogger.Instance);
        var notice = new Scene { Limits = new Scene().Limits with { AbortOnOverflow = 1 } };
        alerts.Add(SampleReports.Judged(SampleReports.Of(notice.Reading)));
        alerts.Add(Opened());
        Assert.Equal("accept_queue\n", await Arrived("told"));
    }

    private static Report Opened() => SampleReports.Of(new Scene { Sockets = [Zabbix.SampleDetails.Listener("0.0.0.0", 443, 101, 100)] }.Reading);

    private static int FreePort()
    {
        using var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    // Another process writes it: a descriptor for writing, inherited by whatever other tests start just then, would forbid to run it.
    private string Script(string body)
    {
        string path = Path.Combine(_folder, $"{Guid.NewGuid():n}.sh");
        using var writer = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "printf '#!/bin/sh\\n%s\\n' \"$1\" >\"$0\" && chmod 700 \"$0\"", path, body]))!;
        writer.WaitForExit();
        Assert.Equal(0, writer.ExitCode);
        return path;
    }

    private async Task<string> Arrived(string name)
    {
        string path = Path.Combine(_folder, name);
        for (int i = 0; i < 600 && !(File.Exists(path) && new FileInfo(path).Length > 0); i++)
            await Task.Delay(100, TestContext.Current.CancellationToken);
        return await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
    }
}
