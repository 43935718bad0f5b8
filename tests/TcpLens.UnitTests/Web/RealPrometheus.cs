using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.UnitTests.Web;

/// <summary>Debian's Prometheus scrapes the server with a token, and its promtool finds nothing to complain about.</summary>
public sealed class RealPrometheus
{
    private static readonly string s_folder = RepositoryRoot.Of("artifacts", "prometheus", "usr", "bin");

    [Fact]
    public async Task Promtool_finds_nothing_wrong_with_our_names()
    {
        Prepare();
        await using var run = await WebRun.StartAsync();
        var (code, said) = await Promtool(await run.Text("/metrics"), "check", "metrics");
        Assert.Equal("", said);
        Assert.Equal(0, code);
    }

    [Fact]
    public async Task Promtool_dislikes_the_names_of_node_exporter_for_their_style_alone()
    {
        Prepare();
        await using var run = await WebRun.StartAsync(WebRun.Settings with { NodeExporterNames = true });
        var (_, said) = await Promtool(await run.Text("/metrics"), "check", "metrics");
        Assert.All(said.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches("^node_netstat_.*(camelCase|snake_case)", line));
    }

    [Fact]
    public async Task The_shipped_rules_alert_when_the_monitor_ends_hangs_or_finds_something()
    {
        Prepare();
        string file = Path.GetTempFileName();
        try
        {
            // A minute of life each; then the first is not reached, the second tells the same for ever, and the third is well but for what it finds.
            await File.WriteAllTextAsync(file, $"""
                rule_files: ['{RepositoryRoot.Of("packaging", "tcplens.rules.yml")}']
                evaluation_interval: 30s
                tests:
                  - interval: 30s
                    input_series:
                      - {Series("up{job=\"tcplens\",instance=\"gone\"}", "1 1 0x20")}
                      - {Series("up{job=\"other\",instance=\"other\"}", "0x22")}
                      - {Series("tcplens_sample_timestamp_seconds{instance=\"hangs\"}", "0 30 60x20")}
                      - {Series("tcplens_sampling_interval_seconds{instance=\"hangs\"}", "1x22")}
                      - {Series("tcplens_sample_timestamp_seconds{instance=\"well\"}", "0+30x22")}
                      - {Series("tcplens_sampling_interval_seconds{instance=\"well\"}", "1x22")}
                      - {Series("tcplens_up{instance=\"well\"}", "1x22")}
                      - {Series("tcplens_up{instance=\"blind\"}", "1 1 0x20")}
                      - {Series("tcplens_finding{instance=\"well\",rule=\"accept_queue\",severity=\"critical\"}", "0 0 1x20")}
                      - {Series("tcplens_finding{instance=\"well\",rule=\"accept_queue\",severity=\"notice\"}", "1x22")}
                    promql_expr_test:
                      - {Alerts("30s", "")}
                      - {Alerts("60s", "TcpLensFinding well")}
                      - {Alerts("10m", "TcpLensDown gone, TcpLensFinding well, TcpLensHangs hangs, TcpLensReadsNothing blind")}
                """, WebRun.End);
            var (code, said) = await Promtool("", "test", "rules", file);
            Assert.True(code == 0, said);
        }
        finally
        {
            File.Delete(file);
        }

        static string Series(string name, string values) => $"{{ series: '{name}', values: '{values}' }}";

        static string Alerts(string time, string firing) =>
            $"{{ eval_time: {time}, expr: 'count by (alertname, instance) (ALERTS{{alertstate=\"firing\"}})', exp_samples: [{string.Join(", ", firing.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split(' ')).Select(one => $"{{ labels: '{{alertname=\"{one[0]}\", instance=\"{one[1]}\"}}', value: 1 }}"))}] }}";
    }

    [Fact]
    public async Task A_real_Prometheus_scrapes_all_eleven_states_with_the_token()
    {
        Prepare();
        await using var run = await WebRun.StartAsync(WebRun.WithToken with { NodeExporterNames = true });
        var folder = Directory.CreateTempSubdirectory("tcplens-prometheus-");
        int port = FreePort();
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "token"), WebRun.Token, WebRun.End);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "prometheus.yml"), $"""
            global:
              scrape_interval: 1s
            scrape_configs:
              - job_name: tcplens
                authorization:
                  credentials_file: token
                static_configs:
                  - targets: ['127.0.0.1:{run.Address.Port}']
            """, WebRun.End);
        using var prometheus = Process.Start(new ProcessStartInfo(
            Path.Combine(s_folder, "prometheus"),
            ["--config.file=prometheus.yml", "--storage.tsdb.path=data", $"--web.listen-address=127.0.0.1:{port}", "--log.level=error"])
        {
            WorkingDirectory = folder.FullName,
        })!;
        try
        {
            using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            Assert.Equal("1", Value(await Scraped(client, prometheus, "up")));
            using var states = await Scraped(client, prometheus, "count(sum by (state) (tcplens_connections{netns=\"host\"}))");
            Assert.Equal("11", Value(states));
            Assert.Equal("38", Value(await Scraped(client, prometheus, "node_tcp_connection_states{state=\"established\"} - 3")));
            Assert.Equal("101", Value(await Scraped(client, prometheus, "tcplens_listener_accept_queue{port=\"443\"} + 1")));
        }
        finally
        {
            prometheus.Kill(entireProcessTree: true);
            await prometheus.WaitForExitAsync(CancellationToken.None);
            folder.Delete(recursive: true);
        }
    }

    private static string Value(JsonDocument answer) => answer.RootElement.GetProperty("data").GetProperty("result")[0].GetProperty("value")[1].GetString()!;

    // Asks until the first scrape has been stored; the runner's own limit ends it otherwise.
    private static async Task<JsonDocument> Scraped(HttpClient client, Process prometheus, string query)
    {
        while (true)
        {
            Assert.False(prometheus.HasExited, "Prometheus has ended");
            try
            {
                var answer = JsonDocument.Parse(await client.GetStringAsync("/api/v1/query?query=" + Uri.EscapeDataString(query), WebRun.End));
                if (answer.RootElement.GetProperty("data").GetProperty("result").GetArrayLength() > 0 && (query != "up" || Value(answer) == "1"))
                    return answer;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet, or does not answer questions yet.
            }

            await Task.Delay(100, WebRun.End);
        }
    }

    private static async Task<(int Code, string Said)> Promtool(string input, params string[] arguments)
    {
        using var tool = Process.Start(new ProcessStartInfo(Path.Combine(s_folder, "promtool"), arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = tool.StandardOutput.ReadToEndAsync(WebRun.End);
        var error = tool.StandardError.ReadToEndAsync(WebRun.End);
        await tool.StandardInput.WriteAsync(input);
        tool.StandardInput.Close();
        string said = await output + await error;
        await tool.WaitForExitAsync(WebRun.End);
        return (tool.ExitCode, said);
    }

    private static void Prepare()
    {
        using var script = Process.Start(new ProcessStartInfo(RepositoryRoot.Of("tools", "prometheus.sh")) { UseShellExecute = false, RedirectStandardError = true })!;
        string error = script.StandardError.ReadToEnd();
        script.WaitForExit();
        Require.That(script.ExitCode == 0, $"needs Debian's Prometheus: {error}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
