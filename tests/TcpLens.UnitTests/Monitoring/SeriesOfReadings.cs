using System.Buffers;
using System.Globalization;
using System.Text.Json;
using TcpLens.Core.Metrics;
using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Readings;
using TcpLens.Outputs.Zabbix;
using TcpLens.UnitTests.Zabbix;
using Xunit;

namespace TcpLens.UnitTests.Monitoring;

/// <summary>The numbers of a tick are those of the states document, metric by metric.</summary>
public sealed class SeriesOfReadings
{
    [Fact]
    public void Every_gauge_has_the_value_that_the_document_tells()
    {
        var reading = SampleDetails.WebServer;
        var bytes = new ArrayBufferWriter<byte>();
        StatesDocument.Write(reading, null, MonitorPresence.NotAsked, "1", bytes);
        using var document = JsonDocument.Parse(bytes.WrittenMemory);
        var values = SeriesValues.Of(reading, null, TimeSpan.Zero);
        Assert.All(MetricSeries.All.Where(series => !series.IsRate), series =>
            Assert.Equal(Told(document, series.Metric.JsonPath), values[series.Place]!.Value, 2));
    }

    [Fact]
    public void A_counter_is_told_as_its_rate()
    {
        var before = With(ListenOverflows: 100);
        Assert.Equal(2.5, Value(With(ListenOverflows: 105), before));
        Assert.Equal(0, Value(before, before));
    }

    [Fact]
    public void A_rate_without_a_reading_before_it_is_unknown() => Assert.Null(Value(With(ListenOverflows: 105), null));

    [Fact]
    public void A_counter_that_fell_has_no_rate() => Assert.Null(Value(With(ListenOverflows: 3), With(ListenOverflows: 100)));

    [Fact]
    public void What_a_kernel_does_not_tell_is_unknown_and_not_0()
    {
        var values = SeriesValues.Of(SampleDetails.Empty, SampleDetails.Empty, TimeSpan.FromSeconds(1));
        Assert.Null(values[MetricSeries.Find("used.time_wait")!.Place]);
        Assert.Null(values[MetricSeries.Find("counter.ListenOverflows")!.Place]);
        Assert.Equal(0, values[MetricSeries.Find("sockets.time_wait")!.Place]);
    }

    [Fact]
    public void A_tick_that_could_not_read_has_no_value_at_all()
    {
        Assert.Equal(MetricSeries.All.Length, SeriesValues.Unknown.Length);
        Assert.All(SeriesValues.Unknown, value => Assert.Null(value));
    }

    private static double? Value(DetailedReading now, DetailedReading? before) =>
        SeriesValues.Of(now, before, TimeSpan.FromSeconds(2))[MetricSeries.Find("counter.ListenOverflows")!.Place];

    private static DetailedReading With(long ListenOverflows) => SampleDetails.WebServer with
    {
        Counters = new KernelCounters { TcpExt = new CounterTable(new CounterNames(["ListenOverflows"]), [ListenOverflows]) },
    };

    private static double Told(JsonDocument document, string path)
    {
        var at = document.RootElement;
        foreach (string name in path.Split('.')[1..])
            at = at.GetProperty(name);
        return double.Parse(at.GetRawText(), CultureInfo.InvariantCulture);
    }
}
