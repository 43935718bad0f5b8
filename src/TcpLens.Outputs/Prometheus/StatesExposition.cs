using System.Buffers;
using TcpLens.Core.Model;
using TcpLens.Core.Readings;
using TcpLens.Core.Sources;

namespace TcpLens.Outputs.Prometheus;

/// <summary>
/// One reading in Prometheus' text format 0.0.4, for a textfile collector or a scrape. Every state is there at zero too; CLOSE is absent
/// where the kernel cannot tell it, because a missing value must not look like 0.
/// </summary>
public static class StatesExposition
{
    public static void Write(HostReading host, IBufferWriter<byte> output)
    {
        var text = new ExpositionText();
        Append(text, host);
        text.WriteTo(output);
    }

    internal static void Append(ExpositionText text, HostReading host)
    {
        text.Begin("tcplens_connections", "gauge", "TCP sockets by state, family of the socket and network namespace. State close is absent before Linux 6.8, which does not tell it.");
        foreach (var (netns, counts, info) in Counts(host))
        {
            text.Sample(counts[info.State]?.Ipv4, ("netns", netns), ("state", info.Name), ("family", "ipv4"));
            text.Sample(counts[info.State]?.Ipv6, ("netns", netns), ("state", info.Name), ("family", "ipv6"));
        }

        text.Begin("tcplens_v4mapped_connections", "gauge", "Of the IPv6 sockets in tcplens_connections, those that carry IPv4.");
        foreach (var (netns, counts, info) in Counts(host))
            text.Sample(counts[info.State]?.V4Mapped, ("netns", netns), ("state", info.Name));
        text.Begin("tcplens_reading_duration_seconds", "gauge", "How long reading the kernel took.");
        foreach (var one in host.Read)
            text.Sample(one.Reading!.Duration.TotalSeconds, ("netns", one.Name), ("source", one.Reading.Source));
        text.Begin("tcplens_reading_complete", "gauge", "1 when the reading is complete, 0 when sockets may be missing or doubled.");
        foreach (var one in host.Read)
            text.Sample(one.Reading!.Completeness == Completeness.Complete ? 1 : 0, ("netns", one.Name));
    }

    private static IEnumerable<(string Netns, StateCounts Counts, TcpStateInfo Info)> Counts(HostReading host) =>
        from one in host.Read
        from info in TcpStates.All
        select (one.Name, one.Reading!.Counts, info);
}
