using System.CommandLine;
using TcpLens.CommandLine;
using TcpLens.Core.Filtering;
using TcpLens.Core.Model;
using TcpLens.Core.Owners;
using TcpLens.Core.Readings;
using TcpLens.Core.Sources;
using TcpLens.Core.Text;

namespace TcpLens.Commands;

/// <summary><c>tcplens list</c>: the connections themselves, filtered; streamed as the kernel tells them unless they are to be sorted.</summary>
internal static class ListCommand
{
    /// <summary>Sorting has to remember: so many at most, a quarter of a kilobyte each.</summary>
    private const int MostSorted = 1_000_000;

    private const int StandardSorted = 1_000;
    private const long MostShown = 1_000_000_000;

    private static readonly ValueOption s_sort = new("--sort", "KEY", new Phrase("sort by: {0}", "排序依据：{0}").With(string.Join(", ", SocketOrder.All.Select(order => order.Name))), "-s") { Values = [.. SocketOrder.All.Select(order => order.Name)] };
    private static readonly SwitchOption s_reverse = new("--reverse", new("the other way round", "反向排序"), "-r");
    private static readonly ValueOption s_limit = new("--limit", "N", new("show at most N (sorted: 1000 unless said otherwise)", "最多显示 N 个（排序时默认 1000）"), "-l");
    private static readonly SwitchOption s_json = new("--json", new("one JSON document, a line per connection", "输出一个 JSON 文档，每个连接一行"));

    private static readonly SwitchOption s_owners = new("--owners", new("with the service and process that hold each connection", "显示持有每个连接的服务与进程"), "-o");

    public static DescribedCommand Create(Surroundings around)
    {
        var command = new DescribedCommand("list", new("the connections, filtered and sorted", "列出连接，可筛选和排序"))
        {
            Details = new Phrase(
                "Connections are printed as the kernel tells them, unless they are to be sorted. For LISTEN the queue columns are the connections that wait for accept() and their limit, as in ss.",
                "不排序时，按内核给出的顺序边读边打印。对 LISTEN，两个队列列分别是等待 accept() 的连接数及其上限，与 ss 相同。"),
            Terms = new TermList(
                new Phrase("Filter language", "筛选语言"),
                new Phrase(
                    "The words of a filter all have to hold. Commas are alternatives, a leading ! turns a word round (quote it for the shell).",
                    "各条件须同时满足；逗号表示任选其一，前缀 ! 表示取反（在 shell 中须加引号）。"),
                [.. FilterKeys.All.Select(key => (key.Example, Meaning(key)))]),
            Examples =
            [
                new("tcplens list state:close_wait", new("connections that a program of this host has to close", "等待本机程序关闭的连接")),
                new("tcplens list remote:10.0.0.0/8 '!port:22' --sort sendq --limit 20", new("the twenty longest send queues towards a network", "发往某网段的发送队列最长的二十个连接")),
                new("tcplens list state:listen --json", new("all listeners as JSON", "以 JSON 列出所有监听套接字")),
            ],
        };
        command.Add(FilterWords.Argument);
        foreach (var option in new Option[] { s_sort, s_reverse, s_limit, s_owners, s_json, GlobalOptions.Netns, GlobalOptions.Source })
            command.Add(option);
        command.SetAction(parsed => Run(parsed, around));
        return command;
    }

    private static Phrase Meaning(FilterKey key)
    {
        var meaning = key.Description;
        if (!key.Aliases.IsEmpty)
            meaning = meaning.Then(new Phrase(" (also {0}:)", "（也可写作 {0}:）").With(string.Join(":, ", key.Aliases)));
        return key.Name == "state"
            ? meaning.Then(new Phrase("; groups: {0}", "；状态组：{0}").With(string.Join(", ", FilterStates.Groups.Select(group => group.Name))))
            : meaning;
    }

    private static int Run(ParseResult parsed, Surroundings around)
    {
        var session = Session.Of(parsed, around);
        var filter = FilterWords.Of(parsed, session);
        var order = Order(parsed);
        long? limit = Limit(parsed, order is not null);
        string? netns = parsed.GetValue(GlobalOptions.Netns);
        bool many = netns == "all" || !filter.Namespaces.IsEmpty;
        bool withOwners = filter.AsksOwner || parsed.GetValue(s_owners);
        using var printer = parsed.GetValue(s_json) ? (ConnectionPrinter)new JsonPrinter(session, withOwners) : new TablePrinter(session, many, withOwners);
        printer.Begin();
        var sorted = order is null ? null : new SortedSockets(order, (int)limit!);
        Func<string?, ulong, bool>? among = filter.Namespaces.IsEmpty ? null : filter.MatchesNamespace;
        var source = Session.SourceOf(parsed);
        IReadOnlyList<NamespacePass> passes = withOwners
            ? around.Kernel.StreamOwned(netns, among, source, filter.States, (name, owners) => new FilteringSink(filter, name, owners, sorted, printer, limit)).Passes
            : around.Kernel.Stream(netns, among, source, filter.States, name => new FilteringSink(filter, name, null, sorted, printer, limit));
        foreach (var listed in sorted?.InOrder() ?? [])
            printer.Print(listed);
        printer.End(passes);
        return ExitCode.Success;
    }

    private static SocketOrder? Order(ParseResult parsed)
    {
        bool reverse = parsed.GetValue(s_reverse);
        if (parsed.GetValue(s_sort) is not { } name)
            return reverse ? throw new UsageException(new Phrase("--reverse needs --sort", "--reverse 需要与 --sort 一起使用")) : null;
        var order = SocketOrder.All.FirstOrDefault(one => one.Name == name) ?? throw UsageException.Unknown(new Phrase("sort key", "排序依据"), name, s_sort.Values);
        return reverse ? order.Reversed() : order;
    }

    private static long? Limit(ParseResult parsed, bool sorting)
    {
        if (parsed.GetValue(s_limit) is not { } text)
            return sorting ? StandardSorted : null;
        long most = sorting ? MostSorted : MostShown;
        if (!long.TryParse(text, out long limit) || limit < 1 || limit > most)
            throw new UsageException(new Phrase("--limit takes a number from 1 to {1}, not '{0}'", "--limit 需要 1 到 {1} 之间的整数，而不是“{0}”").With(text, most));
        return limit;
    }

    private sealed class FilteringSink(SocketFilter filter, string netns, IOwnerLookup? owners, SortedSockets? sorted, ConnectionPrinter printer, long? limit) : ISocketSink
    {
        public bool Take(in SocketRecord socket)
        {
            if (!filter.Matches(socket))
                return true;
            var sighting = owners?.OwnerOf(socket) ?? default;
            if (filter.AsksOwner && !filter.MatchesOwner(sighting.Owner))
                return true;
            if (sorted is not null)
            {
                sorted.Add(new ListedSocket(netns, socket, sighting));
                return true;
            }

            if (printer.Shown == limit)
                return false;
            printer.Print(new ListedSocket(netns, socket, sighting));
            return printer.Shown != limit;
        }
    }
}
