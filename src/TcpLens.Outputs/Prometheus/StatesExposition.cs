using System.Buffers;
using System.Text;
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
        var text = new StringBuilder();
        Begin(text, "tcplens_connections", "TCP sockets by state, family of the socket and network namespace.");
        foreach (var one in host.Read)
        {
            string netns = Escape(one.Name);
            foreach (var info in TcpStates.All)
            {
                if (one.Reading!.Counts[info.State] is not { } count)
                    continue;
                AppendCount(text, netns, info.Name, "ipv4", count.Ipv4);
                AppendCount(text, netns, info.Name, "ipv6", count.Ipv6);
            }
        }

        Begin(text, "tcplens_v4mapped_connections", "Of the IPv6 sockets in tcplens_connections, those that carry IPv4.");
        foreach (var one in host.Read)
        {
            string netns = Escape(one.Name);
            foreach (var info in TcpStates.All)
            {
                if (one.Reading!.Counts[info.State] is { } count)
                    Line(text, $"tcplens_v4mapped_connections{{netns=\"{netns}\",state=\"{info.Name}\"}} {count.V4Mapped}");
            }
        }

        Begin(text, "tcplens_reading_duration_seconds", "How long reading the kernel took.");
        foreach (var one in host.Read)
            Line(text, $"tcplens_reading_duration_seconds{{netns=\"{Escape(one.Name)}\",source=\"{one.Reading!.Source}\"}} {one.Reading.Duration.TotalSeconds:0.######}");
        Begin(text, "tcplens_reading_complete", "1 when the reading is complete, 0 when sockets may be missing or doubled.");
        foreach (var one in host.Read)
            Line(text, $"tcplens_reading_complete{{netns=\"{Escape(one.Name)}\"}} {(one.Reading!.Completeness == Completeness.Complete ? 1 : 0)}");
        Encoding.UTF8.GetBytes(text.ToString(), output);
    }

    private static void Begin(StringBuilder text, string name, string help) =>
        text.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(" gauge\n");

    private static void AppendCount(StringBuilder text, string netns, string state, string family, long count) =>
        Line(text, $"tcplens_connections{{netns=\"{netns}\",state=\"{state}\",family=\"{family}\"}} {count}");

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');

    private static string Escape(string label) => label
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
