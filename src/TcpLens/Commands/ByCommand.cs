using System.CommandLine;
using TcpLens.CommandLine;
using TcpLens.Core.Filtering;
using TcpLens.Core.Grouping;
using TcpLens.Core.Model;
using TcpLens.Core.Owners;
using TcpLens.Core.Sources;
using TcpLens.Core.Text;
using TcpLens.Outputs.Csv;
using TcpLens.Outputs.Json;
using TcpLens.Outputs.Terminal.Groups;

namespace TcpLens.Commands;

/// <summary><c>tcplens by</c>: connections counted by what they have in common: service, process, port, remote network and others.</summary>
internal static class ByCommand
{
    private const int StandardTop = 20;

    private static readonly WordsArgument s_key = new("KEY", new("what makes a group; remote/24 for networks", "分组依据；remote/24 按网段分组"), ArgumentArity.ExactlyOne)
    {
        Values = [.. GroupBy.All.Select(by => by.Word).Distinct(StringComparer.Ordinal), "remote/24"],
    };

    private static readonly ValueOption s_top = new("--top", "N", new("show the N largest groups (default: 20)", "显示最大的 N 组（默认 20）"), "-n");
    private static readonly SwitchOption s_json = new("--json", new("one JSON document", "输出一个 JSON 文档"));
    private static readonly SwitchOption s_csv = new("--csv", new("CSV with a heading", "输出带表头的 CSV"));

    public static DescribedCommand Create(Surroundings around)
    {
        var command = new DescribedCommand("by", new("connections counted by service, process, port, network", "按服务、进程、端口、网段等统计连接"))
        {
            Details = new(
                "A service is the container, else the systemd unit, else the process. Owners are found by the descriptors of processes; what the kernel alone holds follows its listener. "
                + "Those of other users are seen by root alone (CAP_BPF and CAP_PERFMON, or CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH): what is unknown for that is said.",
                "服务依次取容器、systemd 单元、进程。所有者由进程的描述符确定；只由内核持有的套接字归入其监听者。其他用户的进程只有 root（CAP_BPF 与 CAP_PERFMON，或 CAP_SYS_PTRACE 与 CAP_DAC_READ_SEARCH）才能查看，因此未知的部分会明确说明。"),
            Terms = new TermList(
                new Phrase("Keys", "分组依据"),
                new Phrase("The prefix of remote is that of IPv4, of IPv6 (more than 32), or both: remote/16,48.", "remote 后的前缀长度可为 IPv4、IPv6（大于 32），或两者：remote/16,48。"),
                [.. GroupBy.All.DistinctBy(by => by.Label).Select(by => (by.Name.StartsWith("remote_net", StringComparison.Ordinal) ? "remote/24" : by.Word, by.Label))]),
            Examples =
            [
                new("tcplens by service", new("which service has how many connections, in which states", "各服务处于各状态的连接数")),
                new("tcplens by process state:close_wait", new("who does not close its connections", "哪些进程没有关闭连接")),
                new("tcplens by remote/24 port:443 --top 10", new("the ten busiest networks at a port", "访问某端口最多的十个网段")),
            ],
        };
        command.Add(s_key);
        command.Add(FilterWords.Argument);
        foreach (var option in new Option[] { s_top, s_json, s_csv, GlobalOptions.Netns, GlobalOptions.Source })
            command.Add(option);
        command.SetAction(parsed => Run(parsed, around));
        return command;
    }

    private static int Run(ParseResult parsed, Surroundings around)
    {
        var session = Session.Of(parsed, around);
        string word = (parsed.GetValue(s_key) ?? [])[0];
        if (!GroupBy.TryParse(word, out var by))
            throw UsageException.Unknown(new Phrase("key", "分组依据"), word, s_key.Values);
        bool json = parsed.GetValue(s_json), csv = parsed.GetValue(s_csv);
        if (json && csv)
            throw new UsageException(new Phrase("choose one of --json and --csv", "--json 与 --csv 只能选一个"));
        var reading = Read(parsed, around, by, FilterWords.Of(parsed, session), Top(parsed));
        if (json || csv)
            session.Print(output => (json ? GroupsJson.Write : (Action<GroupReading, System.Buffers.IBufferWriter<byte>>)GroupsCsv.Write)(reading, output));
        else
            session.Print(GroupTable.Render(reading, session.Language, session.Style, session.Columns));
        return ExitCode.Success;
    }

    private static GroupReading Read(ParseResult parsed, Surroundings around, GroupBy by, SocketFilter filter, int top)
    {
        var groups = new SocketGroups(by);
        string? netns = parsed.GetValue(GlobalOptions.Netns);
        Func<string?, ulong, bool>? among = filter.Namespaces.IsEmpty ? null : filter.MatchesNamespace;
        var source = Session.SourceOf(parsed);
        if (!by.NeedsOwner && !filter.AsksOwner)
        {
            var passes = around.Kernel.Stream(netns, among, source, filter.States, name => new GroupSink(by, filter, name, null, groups));
            return new GroupReading(by, filter.ToString(), groups, top, Worst(passes), default);
        }

        var owned = around.Kernel.StreamOwned(netns, among, source, filter.States, (name, owners) => new GroupSink(by, filter, name, owners, groups));
        var gap = new OwnerGap(groups.Matched, groups.UnknownHeld, groups.UnknownKernel, owned.Denied, owned.IsCut, owned.Refusal);
        return new GroupReading(by, filter.ToString(), groups, top, Worst(owned.Passes), gap);
    }

    private static Pass Worst(IEnumerable<NamespacePass> passes) =>
        passes.FirstOrDefault(one => one.Pass.Completeness != Completeness.Complete).Pass ?? Pass.Whole;

    private static int Top(ParseResult parsed)
    {
        if (parsed.GetValue(s_top) is not { } text)
            return StandardTop;
        return int.TryParse(text, out int top) && top is >= 1 and <= SocketGroups.GroupsMaximum
            ? top
            : throw new UsageException(new Phrase("--top takes a number from 1 to {1}, not '{0}'", "--top 需要 1 到 {1} 之间的整数，而不是“{0}”").With(text, SocketGroups.GroupsMaximum));
    }

    private sealed class GroupSink(GroupBy by, SocketFilter filter, string netns, IOwnerLookup? owners, SocketGroups groups) : ISocketSink
    {
        public SocketDetail Detail => filter.Detail > by.Detail ? filter.Detail : by.Detail;

        public bool Take(in SocketRecord socket)
        {
            if (!filter.Matches(socket))
                return true;
            var sighting = owners?.OwnerOf(socket) ?? default;
            if (!filter.AsksOwner || filter.MatchesOwner(sighting.Owner))
                groups.Add(netns, socket, sighting);
            return true;
        }
    }
}
