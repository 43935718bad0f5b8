using System.Globalization;

namespace TcpLens.ZabbixTests;

/// <summary>The template's limits out of a namespace's settings.</summary>
internal static class Limits
{
    /// <summary>Each limit; <see langword="null"/> where the namespace does not have the setting.</summary>
    /// <param name="setting">Reads a file below <c>/proc/sys</c> in the namespace.</param>
    public static IReadOnlyDictionary<string, double?> Of(Func<string, string?> setting)
    {
        double[]? range = Numbers(setting("net/ipv4/ip_local_port_range")), memory = Numbers(setting("net/ipv4/tcp_mem"));
        return new Dictionary<string, double?>(StringComparer.Ordinal)
        {
            ["tcp_max_tw_buckets"] = First("net/ipv4/tcp_max_tw_buckets"),
            ["tcp_max_orphans"] = First("net/ipv4/tcp_max_orphans"),
            ["tcp_mem_pressure"] = memory?[1],
            ["tcp_mem_max"] = memory?[2],
            ["ephemeral_ports"] = range is null ? null : Enumerable.Range((int)range[0], (int)(range[1] - range[0]) + 1).Except(Reserved(setting("net/ipv4/ip_local_reserved_ports") ?? "")).Count(),
            ["somaxconn"] = First("net/core/somaxconn"),
            ["tcp_max_syn_backlog"] = First("net/ipv4/tcp_max_syn_backlog"),
            ["tcp_syncookies"] = First("net/ipv4/tcp_syncookies"),
            ["tcp_fin_timeout"] = First("net/ipv4/tcp_fin_timeout"),
            ["tcp_tw_reuse"] = First("net/ipv4/tcp_tw_reuse"),
        };

        double? First(string name) => Numbers(setting(name))?[0];
    }

    private static double[]? Numbers(string? text) =>
        text is null ? null : [.. text.Split(['\t', ' '], StringSplitOptions.RemoveEmptyEntries).Select(word => double.Parse(word, CultureInfo.InvariantCulture))];

    // 50000-50009,60000
    private static IEnumerable<int> Reserved(string text) =>
        from part in text.Split(',', StringSplitOptions.RemoveEmptyEntries)
        let ends = part.Split('-')
        from port in Enumerable.Range(int.Parse(ends[0]), int.Parse(ends[^1]) - int.Parse(ends[0]) + 1)
        select port;
}
