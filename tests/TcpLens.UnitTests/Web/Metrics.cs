using System.Buffers;
using System.Text;
using TcpLens.Core.History;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Owners;
using TcpLens.Core.Readings;
using TcpLens.Outputs.Prometheus;
using TcpLens.TestKit;
using TcpLens.UnitTests.CommandLine;
using TcpLens.UnitTests.Monitoring;
using TcpLens.UnitTests.Owners;
using TcpLens.UnitTests.Zabbix;
using Xunit;

namespace TcpLens.UnitTests.Web;

/// <summary>What <c>/metrics</c> tells.</summary>
public sealed class Metrics
{
    [Fact]
    public void The_metrics_of_a_report_read_as_committed() => Golden.Match("metrics", Write(SampleReports.WebServer, nodeExporterNames: true));

    [Fact]
    public void Without_a_reading_the_monitor_itself_is_still_told() => Golden.Match("metrics.unreadable", Write(SampleReports.Unreadable, nodeExporterNames: true));

    [Fact]
    public void What_the_kernel_does_not_tell_is_absent_and_not_0()
    {
        var unseen = SampleReadings.CloseUnseen.Namespaces[0].Reading!;
        string text = Write(SampleReports.Of(SampleDetails.Empty with { States = unseen }), nodeExporterNames: true);
        Assert.DoesNotContain("state=\"close\"", text);
        Assert.DoesNotContain("tcplens_kernel_orphan_sockets", text);
        Assert.DoesNotContain("_total{", text);
        Assert.Contains("tcplens_connections{netns=\"host\",state=\"closing\",family=\"ipv4\"} 22\n", text);
        Assert.Contains("node_tcp_connection_states{state=\"closing\"} 33\n", text);
    }

    [Fact]
    public void The_names_of_node_exporter_are_there_only_when_asked_for() =>
        Assert.DoesNotContain("node_", Write(SampleReports.WebServer, nodeExporterNames: false));

    [Fact]
    public void Ports_and_destinations_are_bounded()
    {
        string[] lines = Write(SampleReports.Of(SampleDetails.Huge), nodeExporterNames: false).Split('\n');
        Assert.Equal(ReportExposition.PortsMaximum, lines.Count(line => line.StartsWith("tcplens_listener_accept_queue{", StringComparison.Ordinal)));
        Assert.Equal(DetailedReading.DestinationsKept, lines.Count(line => line.StartsWith("tcplens_ephemeral_ports_used{", StringComparison.Ordinal)));
        Assert.Single(lines, line => line == "tcplens_ports_left_off 900");
    }

    [Theory]
    [InlineData("ListenOverflows", "tcplens_kernel_listen_overflows_total")]
    [InlineData("TCPReqQFullDrop", "tcplens_kernel_tcp_req_q_full_drop_total")]
    [InlineData("TW", "tcplens_kernel_tw_total")]
    [InlineData("TWRecycled", "tcplens_kernel_tw_recycled_total")]
    [InlineData("TCPSynRetrans", "tcplens_kernel_tcp_syn_retrans_total")]
    public void A_counter_is_named_as_Prometheus_names_things(string kernel, string name) => Assert.Equal(name, ReportExposition.CounterName(kernel));

    [Fact]
    public void A_name_with_quotes_does_not_break_a_line()
    {
        var report = SampleReports.WebServer with { OwnName = new NamespaceName("a\"b\\c\nd", 1) };
        Assert.Contains("netns=\"a\\\"b\\\\c\\nd\"", Write(report, nodeExporterNames: false));
    }

    [Fact]
    public void A_server_that_takes_nothing_is_seen_with_what_waits_for_it()
    {
        string text = Write(
            SampleReports.WebServer,
            nodeExporterNames: false,
            new ServerDelivery("active", "zabbix.example", 0, 0, DateTimeOffset.UnixEpoch.AddSeconds(7), null),
            new ServerDelivery("push", "10.0.0.1:10051", 120, 3, null, "connection refused"));
        Assert.Contains("tcplens_zabbix_waiting_values{way=\"push\",server=\"10.0.0.1:10051\"} 120\n", text);
        Assert.Contains("tcplens_zabbix_dropped_values_total{way=\"push\",server=\"10.0.0.1:10051\"} 3\n", text);
        Assert.Contains("tcplens_zabbix_trouble{way=\"active\",server=\"zabbix.example\"} 0\n", text);
        Assert.Contains("tcplens_zabbix_trouble{way=\"push\",server=\"10.0.0.1:10051\"} 1\n", text);
        Assert.Single(text.Split('\n'), line => line.StartsWith("tcplens_zabbix_last_success_timestamp_seconds{", StringComparison.Ordinal) && line.EndsWith(" 7", StringComparison.Ordinal));
        Assert.DoesNotContain("tcplens_zabbix", Write(SampleReports.WebServer, nodeExporterNames: false));
    }

    [Fact]
    public void Owners_are_a_bounded_set_of_series()
    {
        var counting = new OwnerCounting("host");
        foreach (var group in SampleReadings.Sockets.GroupBy(listed => listed.Namespace, StringComparer.Ordinal))
        {
            var sink = counting.In(group.Key, FakeOwners.OfSamples);
            foreach (var listed in group)
                sink.Take(listed.Socket);
        }

        var counted = counting.ToCensus(new OwnedPasses([], 0, false));
        string text = Write(SampleReports.WebServer with { Owners = counted }, nodeExporterNames: false);
        Assert.Contains("tcplens_owner_sockets{owner=\"nginx.service\",kind=\"unit\",netns=\"web\",state=\"time_wait\"} 1\n", text);
        Assert.Contains("tcplens_owner_sockets{owner=\"containerd:0123456789ab\",kind=\"container\",netns=\"host\",state=\"close_wait\"} 1\n", text);
        Assert.DoesNotContain("tcplens_owner_sockets", Write(SampleReports.WebServer, nodeExporterNames: false));
    }

    private static string Write(Report report, bool nodeExporterNames, params ServerDelivery[] deliveries)
    {
        var bytes = new ArrayBufferWriter<byte>();
        HistoryStatus history = new FakeHistory().Status;
        ReportExposition.Write(report, history, deliveries, "1.2.3", nodeExporterNames, bytes);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
