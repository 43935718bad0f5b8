using System.Buffers;
using System.Text;
using System.Text.Json;
using TcpLens.Core.Diagnosis;
using TcpLens.Core.Metrics;
using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Readings;
using TcpLens.Core.Text;
using TcpLens.Outputs.Zabbix;
using TcpLens.Outputs.Zabbix.Template;
using TcpLens.TestKit;
using TcpLens.UnitTests.Diagnosis;
using TcpLens.UnitTests.Zabbix.Template;
using Xunit;

namespace TcpLens.UnitTests.Zabbix;

/// <summary>The document of <c>tcplens.states</c>.</summary>
public sealed class StatesDocuments
{
    /// <summary>What a monitor says of a host on which a program leaks.</summary>
    internal static Health Leak { get; } = Health.Of(new Scene { Sockets = Scene.Many(40, TcpState.CloseWait) }.Input(), SampleDetails.WebServer.At);

    [Fact]
    public void The_document_reads_as_committed() => Golden.Match("states", Pretty(Text(SampleDetails.WebServer, Leak)));

    [Fact]
    public void Without_a_monitor_nobody_judges() =>
        Assert.Contains("\"findings\":{\"judged\":0,\"remark\":\"no resident monitor (tcplens serve)", Text(SampleDetails.WebServer), StringComparison.Ordinal);

    [Fact]
    public void Why_no_monitor_answers_is_told_in_both_languages() => Assert.Contains(
        "\"monitor\":{\"runs\":0,\"remark\":\"it hangs\",\"remark_zh\":\"无响应\"}",
        Text(SampleDetails.WebServer, monitor: new MonitorPresence(new Phrase("it hangs", "无响应"))),
        StringComparison.Ordinal);

    [Fact]
    public void A_sentence_is_cut_where_it_is_too_long()
    {
        var finding = Leak.Open[0] with { Finding = Leak.Open[0].Finding with { Sentence = new(new string('a', 1000), new string('长', 240)) } };
        using var document = JsonDocument.Parse(Text(SampleDetails.WebServer, Leak with { Open = [finding] }));
        var rule = document.RootElement.GetProperty("findings").GetProperty("rules").EnumerateArray().Single(one => one.GetProperty("open").GetInt32() > 0);
        Assert.Equal(new string('a', FindingsDocument.SentenceMaximum - 1) + "…", rule.GetProperty("sentence").GetString());
        Assert.Equal(new string('长', 240), rule.GetProperty("sentence_zh").GetString());
    }

    [Fact]
    public void The_document_of_the_largest_host_on_which_everything_is_wrong_is_shorter_than_64_KB()
    {
        var record = Leak.Open[0];
        string longest = new('长', FindingsDocument.SentenceMaximum);
        var all = Leak with { Open = [.. RuleTable.All.Select(rule => record with { Finding = record.Finding with { Rule = rule.Id, Sentence = new(longest, longest) } })] };
        Assert.InRange(Encoding.UTF8.GetByteCount(Text(SampleDetails.Huge, all)), 60_000, 65_535);
    }

    [Fact]
    public void What_is_not_known_is_absent_and_not_0() => Golden.Match("states.empty", Pretty(Text(SampleDetails.Empty)));

    [Fact]
    public void Every_metric_of_the_catalogue_has_its_place()
    {
        using var document = JsonDocument.Parse(Text(SampleDetails.WebServer, Leak));
        Assert.All(MetricCatalog.All, metric => Assert.NotNull(PathOf(metric, document)));
    }

    [Fact]
    public void Only_an_optional_metric_may_be_absent()
    {
        using var document = JsonDocument.Parse(Text(SampleDetails.Empty));
        Assert.All(
            MetricCatalog.All.Where(metric => metric is { IsOptional: false, Dimension: MetricDimension.Host }),
            metric => Assert.NotNull(PathOf(metric, document)));
    }

    /// <summary>MySQL keeps 65,535 bytes of a text.</summary>
    [Fact]
    public void The_document_of_the_largest_host_is_shorter_than_64_KB()
    {
        string text = Text(SampleDetails.Huge);
        Assert.InRange(Encoding.UTF8.GetByteCount(text), 50_000, 65_535);
        using var document = JsonDocument.Parse(text);
        int told = document.RootElement.GetProperty("ports").GetArrayLength();
        Assert.InRange(told, 100, StatesDocument.PortsMaximum);
        Assert.Equal(1000 - told, document.RootElement.GetProperty("ports_left_off").GetInt32());
    }

    [Fact]
    public void Discovery_tells_the_ports_with_their_reach()
    {
        var bytes = new ArrayBufferWriter<byte>();
        PortsDiscovery.Write(SampleDetails.WebServer, bytes);
        Golden.Match("ports.discovery", Pretty(Encoding.UTF8.GetString(bytes.WrittenSpan)));
    }

    [Fact]
    public void Discovery_of_the_largest_host_is_shorter_than_64_KB()
    {
        var bytes = new ArrayBufferWriter<byte>();
        PortsDiscovery.Write(SampleDetails.Huge, bytes);
        Assert.InRange(bytes.WrittenCount, 1, 65_535);
    }

    [Fact]
    public void Discovery_tells_the_namespaces_by_name_and_by_number()
    {
        var bytes = new ArrayBufferWriter<byte>();
        NamespacesDiscovery.Write(new NamespaceSurvey
        {
            Namespaces =
            [
                new NetworkNamespace { Name = "host", Kind = NamespaceKind.Host, Inode = 4_026_531_833, IsOwn = true },
                new NetworkNamespace { Name = "nginx(42)", Kind = NamespaceKind.Process, StandIn = 99 },
            ],
        }, bytes);
        Assert.Equal(
            """[{"{#NETNS}":"host","{#ID}":"4026531833","{#KIND}":"host"},{"{#NETNS}":"nginx(42)","{#ID}":"99","{#KIND}":"process"}]""",
            Encoding.UTF8.GetString(bytes.WrittenSpan));
    }

    internal static string Text(DetailedReading reading, Health? health = null, MonitorPresence? monitor = null)
    {
        var bytes = new ArrayBufferWriter<byte>();
        StatesDocument.Write(reading, health, monitor ?? (health is null ? MonitorPresence.NotAsked : MonitorPresence.Running), "1.0.0", bytes);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static string? PathOf(Metric metric, JsonDocument document) => ZabbixJsonPath.Find(
        document.RootElement,
        TemplateKeys.PathOf(metric, Language.Chinese).Replace("{#PORT}", "443", StringComparison.Ordinal).Replace("{#RULE}", "close_wait_leak", StringComparison.Ordinal));

    private static string Pretty(string json)
    {
        using var document = JsonDocument.Parse(json);
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
            document.WriteTo(writer);
        return Encoding.UTF8.GetString(bytes.WrittenSpan) + "\n";
    }
}
