using System.Buffers;
using System.Text;
using System.Text.Json;
using TcpLens.Core.Metrics;
using TcpLens.Core.Model;
using TcpLens.Core.Readings;
using TcpLens.Outputs.Zabbix;
using TcpLens.TestKit;
using TcpLens.UnitTests.Zabbix.Template;
using Xunit;

namespace TcpLens.UnitTests.Zabbix;

/// <summary>The document of <c>tcplens.states</c>.</summary>
public sealed class StatesDocuments
{
    [Fact]
    public void The_document_reads_as_committed() => Golden.Match("states", Pretty(Text(SampleDetails.WebServer)));

    [Fact]
    public void What_is_not_known_is_absent_and_not_0() => Golden.Match("states.empty", Pretty(Text(SampleDetails.Empty)));

    [Fact]
    public void Every_metric_of_the_catalogue_has_its_place()
    {
        using var document = JsonDocument.Parse(Text(SampleDetails.WebServer));
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

    internal static string Text(DetailedReading reading)
    {
        var bytes = new ArrayBufferWriter<byte>();
        StatesDocument.Write(reading, "1.0.0", bytes);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static string? PathOf(Metric metric, JsonDocument document) => metric.Dimension == MetricDimension.Port
        ? ZabbixJsonPath.Find(document.RootElement, $"$.ports[?(@.port == 443)].{metric.JsonPath}.first()")
        : ZabbixJsonPath.Find(document.RootElement, metric.JsonPath);

    private static string Pretty(string json)
    {
        using var document = JsonDocument.Parse(json);
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
            document.WriteTo(writer);
        return Encoding.UTF8.GetString(bytes.WrittenSpan) + "\n";
    }
}
