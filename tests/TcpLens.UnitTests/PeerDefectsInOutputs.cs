using System.Buffers;
using System.Text;
using TcpLens.Core.Model;
using TcpLens.Core.Readings;
using TcpLens.Outputs.Prometheus;
using Xunit;

namespace TcpLens.UnitTests;

/// <summary>Mistakes of other exporters in what they write; those in what they read are in the kernel tests.</summary>
public sealed class PeerDefectsInOutputs
{
    private static readonly string[] s_lines = Exposition();

    [Fact]
    public void A_state_is_labelled_by_its_one_name_and_never_by_a_number() => Assert.Equal(
        TcpStates.All.SelectMany(info => Enumerable.Repeat(info.Name, 2)),
        s_lines.Where(line => line.StartsWith("tcplens_connections{", StringComparison.Ordinal)).Select(line => Between(line, "state=\"", "\"")),
        StringComparer.Ordinal);

    [Fact]
    public void Zero_states_do_not_vanish() =>
        Assert.Equal(2 * TcpStates.All.Length, s_lines.Count(line => line.StartsWith("tcplens_connections{", StringComparison.Ordinal) && line.EndsWith(" 0", StringComparison.Ordinal)));

    [Fact]
    public void A_gauge_is_not_called_total() =>
        Assert.DoesNotContain(s_lines, line => line.StartsWith("# TYPE ", StringComparison.Ordinal) && line.EndsWith(" gauge", StringComparison.Ordinal) && line.Contains("_total ", StringComparison.Ordinal));

    [Fact]
    public void Queues_are_no_states() =>
        Assert.DoesNotContain(s_lines, line => line.Contains("queued", StringComparison.Ordinal));

    [Fact]
    public void Every_group_has_its_own_states_and_all_groups_together_all() => Assert.Equal(
        [
            "Idle: LISTEN CLOSE",
            "Opening: SYN_SENT SYN_RECV",
            "Open: ESTABLISHED",
            "ClosingByUs: FIN_WAIT1 FIN_WAIT2 CLOSING TIME_WAIT",
            "ClosingByPeer: CLOSE_WAIT LAST_ACK",
        ],
        TcpStates.All.GroupBy(info => info.Group).Select(group => $"{group.Key}: {string.Join(' ', group.Select(info => info.Linux))}"),
        StringComparer.Ordinal);

    private static string[] Exposition()
    {
        var output = new ArrayBufferWriter<byte>();
        StatesExposition.Write(
            new HostReading
            {
                HostName = "h",
                Kernel = "6.8",
                At = DateTimeOffset.UnixEpoch,
                Namespaces = [new NamespaceReading("host", 1, new StateReading { Counts = new Census().ToCounts(), Source = "netlink", Duration = default })],
            },
            output);
        return Encoding.UTF8.GetString(output.WrittenSpan).Split('\n');
    }

    private static string Between(string line, string before, string after)
    {
        int from = line.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return line[from..line.IndexOf(after, from, StringComparison.Ordinal)];
    }
}
