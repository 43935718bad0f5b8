using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using TcpLens.Configuration;
using TcpLens.Core.Filtering;
using TcpLens.Core.History;
using TcpLens.Core.Model;
using TcpLens.Core.Owners;
using TcpLens.Core.Sources;
using TcpLens.Core.Text;
using TcpLens.Linux.Bpf;
using TcpLens.Linux.Counters;
using TcpLens.Linux.Interop;
using TcpLens.Linux.Namespaces;
using TcpLens.Linux.ProcNet;
using TcpLens.Linux.Reading;
using TcpLens.Linux.SockDiag;
using TcpLens.LocalSocket;
using TcpLens.Outputs.Zabbix;
using TcpLens.Zabbix;
using TcpLens.Zabbix.Active;
using TcpLens.Zabbix.Plugin;
using TcpLens.Zabbix.Sender;

namespace TcpLens.Fuzz;

/// <summary>All parsers under attack. A new parser is one line here and a folder of seeds.</summary>
public static class FuzzTargets
{
    public static ImmutableArray<FuzzTarget> All { get; } =
    [
        new("filter", Filter),
        new("state", State),
        new("address", Address),
        new("netlink", Netlink),
        new("proc_tcp", ProcTcp),
        new("counters", Counters),
        new("cgroup", Cgroup),
        new("release", data => KernelRelease.Parse(Encoding.Latin1.GetString(data))),
        new("configuration", Configuration),
        new("local_socket", LocalSocket),
        new("time_words", data => _ = TimeWords.TryParse(Encoding.Latin1.GetString(data), DateTimeOffset.UnixEpoch, out _)),
        new("zabbix_packet", ZabbixTargets.ZabbixPacket),
        new("client_hello", ZabbixTargets.ClientHello),
        new("passive_request", ZabbixTargets.Request),
        new("item_key", Key),
        new("plugin_message", PluginMessage),
        new("active_answer", data => _ = ActiveChecksAnswer.TryParse(data, out _)),
        new("sender_answer", data => _ = ServerAnswer.TryParse(data, out _)),
        new("update_interval", UpdateIntervals),
        new("zabbix_address", ZabbixAddresses),
        new("kernel_types", KernelDescription),
        new("bpf_object", data => _ = BpfObject.TryParse(data, out _)),
        new("holders", Holders),
    ];

    private static void Filter(ReadOnlySpan<byte> data)
    {
        string text = Encoding.UTF8.GetString(data);
        if (SocketFilter.TryParse(text, out var filter, out var error))
        {
            Demand(SocketFilter.TryParse(filter.ToString(), out var again, out _) && again.Equals(filter), "the canonical form is another filter");
            filter.Matches(default);
            return;
        }

        Demand(error.Position >= 0 && error.Length >= 1 && error.Position + error.Length <= text.Length, "the error lies outside the text");
        Demand(error.Render(Language.English).Count(char.IsControl) == 1, "the echo of the error holds control characters");
        error.Render(Language.Chinese);
    }

    private static void State(ReadOnlySpan<byte> data)
    {
        if (TcpStates.TryParse(Encoding.UTF8.GetString(data), out var info))
            Demand(TcpStates.TryParse(info.Name, out var again) && again == info, "the name of a state finds another state");
    }

    private static void Address(ReadOnlySpan<byte> data)
    {
        // Text as it comes, and the bytes themselves as UTF-16: then the parser reads right before the inaccessible page.
        Demand(RoundTrips(Encoding.Latin1.GetString(data)), "the text of an address is another address");
        Demand(RoundTrips(MemoryMarshal.Cast<byte, char>(data[(data.Length & 1)..])), "the text of an address is another address");
    }

    // A dump as it comes from the kernel: one datagram, then one more after whatever the first has left behind.
    private static void Netlink(ReadOnlySpan<byte> data)
    {
        var census = new Census();
        var dump = new SockDiagDump(census, sequence: 1);
        try
        {
            dump.Take(data, isCut: false);
            if (!dump.IsOver)
                dump.Break(Errno.EAGAIN);
        }
        catch (SourceUnavailableException refusal)
        {
            Demand(refusal.Reason.English.Length > 0, "a refusal without a reason");
            return;
        }

        var pass = dump.ToPass(null);
        Demand(pass.Completeness == Completeness.Complete || pass.Reason is not null, "an incomplete pass without a reason");
        Demand(census.ToCounts().Sum.Total <= data.Length / InetDiagMessage.Size, "more sockets than there was room for");
    }

    private static void ProcTcp(ReadOnlySpan<byte> data)
    {
        var census = new Census();
        var table = new ProcTcpTable(data.Length % 2 == 0 ? SocketFamily.IPv4 : SocketFamily.IPv6, StateMask.All, census);
        table.Take(data[..(data.Length / 3)]);
        table.Take(data[(data.Length / 3)..]);
        Demand(census.ToCounts().Sum.Total + table.BadRows <= data.Count((byte)'\n'), "more rows than lines");
    }

    private static void Counters(ReadOnlySpan<byte> data)
    {
        _ = Sockstat.TryParse(data, "TCP:"u8, out _);
        _ = OpenedConnections.TryParse(data, out _);
        _ = new CounterTableParser("Tcp:").TryParse(data, out _);
        _ = new CounterTableParser("TcpExt:").TryParse(data, out _);
    }

    private static void Cgroup(ReadOnlySpan<byte> data)
    {
        var place = CgroupPlace.Parse(data);
        Demand($"{place.Container} {place.Container?.Pod} {place.Unit}".All(character => !char.IsControl(character)), "a name drives the terminal");
        _ = CgroupPlace.ParsePath(data);
        _ = NamespaceLink.TryParse(data, "net"u8, out _);
    }

    private static void KernelDescription(ReadOnlySpan<byte> data)
    {
        if (!KernelTypes.TryParse(data, ["net", "sock_common"], out var types))
            return;
        _ = types.OffsetOf("sock_common", "skc_state");
        _ = types.OffsetOf("net", "absent");
        _ = types.IsPointer("net", "row");
    }

    private static void Holders(ReadOnlySpan<byte> data)
    {
        int whole = data.Length / HolderRecord.Size;
        while (HolderRecord.TryTake(ref data, out _))
            whole--;
        Demand(whole == 0 && data.Length < HolderRecord.Size, "a record was passed over");
    }

    private static void Configuration(ReadOnlySpan<byte> data)
    {
        var loader = new SettingsLoader();
        loader.Take(data, "tcplens.toml");
        var loaded = loader.Finish();
        Demand(loaded is null == loader.Problems.Count > 0, "refused without a reason, or taken with one");
        if (loaded is null)
        {
            Demand(loader.Problems.All.Length <= SettingProblems.Max, "more errors than are said");
            Demand(loader.Problems.All.All(problem => !problem.Line.English.Any(char.IsControl)), "an error holds control characters");
            return;
        }

        var again = new SettingsLoader();
        again.Take(Encoding.UTF8.GetBytes(EffectiveFile.Render(loaded, Language.English)), "effective.toml");
        Demand(again.Finish() is { } same && Settings.Differences(loaded.Settings, same.Settings).IsEmpty, "the settings in force are not what they were read from");
    }

    private static void Key(ReadOnlySpan<byte> data)
    {
        if (!ItemKey.TryParse(Encoding.Latin1.GetString(data), out var key))
            return;
        Demand(key.ToText() is not { } text || (ItemKey.TryParse(text, out var again) && again.Equals(key)), "the text of a key is another key");
        if (SocketCountQuery.TryParse(key, static _ => null, out var query, out string? error))
            query.Matches(default);
        else
            Demand(error.Length > 0, "refused without a reason");
    }

    private static void PluginMessage(ReadOnlySpan<byte> data)
    {
        if (data.Length >= PluginFrame.HeadBytes)
        {
            try
            {
                Demand(PluginFrame.LengthOf(data) <= PluginFrame.BytesMaximum, "more is taken than may come");
            }
            catch (PluginException)
            {
                // Refused.
            }
        }

        if (PluginRequest.TryParse(data.ToArray(), out var request))
        {
            Demand(request.Options.Length <= PluginOption.Maximum, "more options than are kept");
            _ = PluginAnswer.Export(request.Id, AgentAnswer.Value(request.Key));
        }
    }

    private static void UpdateIntervals(ReadOnlySpan<byte> data)
    {
        const long now = 1_772_600_400;
        if (UpdateInterval.TryParse(Encoding.Latin1.GetString(data), out var interval))
            Demand(interval.Next((ulong)data.Length, now, TimeZoneInfo.Utc) is null or > now, "due before now");
    }

    private static void ZabbixAddresses(ReadOnlySpan<byte> data)
    {
        string text = Encoding.Latin1.GetString(data);
        if (ServerCluster.TryParseList(text, out var clusters, out string? fault))
            Demand(ServerCluster.TryParseList(string.Join(',', clusters), out var again, out _) && clusters.SequenceEqual(again), "the text of a list is another list");
        else
            Demand(!string.IsNullOrEmpty(fault), "refused without a reason");
    }

    private static bool RoundTrips(ReadOnlySpan<char> text) =>
        !IpAddress.TryParse(text, out var address) || (IpAddress.TryParse(address.ToString(), out var again) && again == address);

    private static void Demand(bool condition, string otherwise)
    {
        if (!condition)
            throw new InvalidOperationException(otherwise);
    }

    private static void LocalSocket(ReadOnlySpan<byte> data)
    {
        if (LocalQuestion.TryParseHead(data[..Math.Min(data.Length, LocalQuestion.HeadBytes)], out int length) && length > LocalQuestion.BytesMaximum)
            throw new InvalidOperationException($"a question of {length} bytes");
        _ = LocalQuestion.TryParse(data, out _);
        _ = LocalAnswer.TryParseHead(data[..Math.Min(data.Length, LocalAnswer.HeadBytes)], out _, out _);
        _ = ReadingCodec.TryParse(data.ToArray(), out _);
        _ = ExaminationCodec.TryParse(data.ToArray(), out _);
    }
}
