using TcpLens.Core.Model;
using TcpLens.Core.Text;

namespace TcpLens.CommandLine.Manual;

/// <summary>The whole manual, made from the command tree, the filter's keys and the states; man page and reference are two ways of writing it down.</summary>
internal sealed class ManualText
{
    private static readonly (string Name, Phrase Meaning)[] s_environment =
    [
        ("NO_COLOR", new("if it is set, there is no colour unless --color always asks for it", "设置后不使用颜色，除非指定 --color always")),
        ("TERM", new("no colour on a terminal that calls itself dumb", "值为 dumb 时不使用颜色")),
        ("TCPLENS_SECTION_KEY", new("a setting of the resident monitor, such as TCPLENS_WEB_LISTEN; tcplens config example lists them", "常驻进程的设置，例如 TCPLENS_WEB_LISTEN；tcplens config example 会全部列出")),
        ("LC_ALL, LC_MESSAGES, LANG", new("the first that is set decides the language: Chinese if it begins with zh, else English", "以第一个已设置的为准：以 zh 开头则用中文，否则用英文")),
    ];

    private static readonly (string Name, Phrase Meaning)[] s_files =
    [
        (Configuration.Settings.DefaultFile, new("the settings of the resident monitor", "常驻进程的设置")),
        ("/proc/net/tcp, /proc/net/tcp6", new("the sockets, where netlink is not allowed; they do not show CLOSE", "不允许使用 netlink 时从这里读取套接字；看不到 CLOSE")),
        ("/proc/net/sockstat, /proc/net/sockstat6, /proc/net/snmp", new("the kernel's own totals, which every reading is held against", "内核自己的统计，用于核对每次读取")),
        ("/proc/sys/net/ipv4/tcp_*", new("this host's settings, which tcplens explain names", "本机的内核参数，tcplens explain 会引用")),
        ("/run/netns", new("network namespaces with a name", "有名称的网络命名空间")),
    ];

    private static readonly string[] s_seeAlso = ["ss(8)", "netstat(8)", "sysctl(8)", "ip-netns(8)", "tcp(7)", "sock_diag(7)"];

    private readonly Language _language;

    private ManualText(Language language) => _language = language;

    /// <summary>The manual of the tree below <paramref name="root"/>.</summary>
    public static IEnumerable<ManualBlock> Of(CommandNode root, Language language) => new ManualText(language).Whole(root);

    private List<ManualBlock> Whole(CommandNode root) =>
    [
        Section("NAME", "名称"),
        // As apropos(1) reads it.
        new ManualBlock.Paragraph($"{root.Path} - {In(root.Command.Summary)}"),
        Section("SYNOPSIS", "概要"),
        new ManualBlock.Lines([.. root.Tree.Where(IsRun).Select(node => node.Usage)]),
        Section("DESCRIPTION", "描述"),
        .. Details(root),
        Paragraph(
            "Counts are those of the caller's network namespace, as with ss. A reading is one pass over the kernel's tables and takes some milliseconds; the header says how many, which source was read, and whether the pass was complete.",
            "统计范围是调用者所在的网络命名空间，与 ss 相同。一次读取遍历一遍内核的表，耗时若干毫秒；表头给出耗时、数据源以及读取是否完整。"),
        Paragraph(
            "IPv6 is the family of the socket. An IPv6 socket that carries IPv4 (v4-mapped) counts as IPv6, and is counted beside it.",
            "IPv6 指套接字的地址族。承载 IPv4 的 IPv6 套接字（v4-mapped）计入 IPv6，并另外单独统计。"),
        Section("OPTIONS", "选项"),
        Options(root),
        Section("COMMANDS", "命令"),
        .. root.Tree.Skip(1).Where(IsRun).SelectMany(Command),
        .. root.Tree.Select(node => node.Command.Terms).OfType<TermList>().SelectMany(Terms),
        Section("THE ELEVEN STATES", "十一种状态"),
        new ManualBlock.Terms([.. TcpStates.All.Select(info => (info.Linux, State(info)))]),
        Section("EXAMPLES", "示例"),
        Examples(root),
        Section("EXIT STATUS", "退出状态"),
        new ManualBlock.Terms([.. HelpPage.ExitCodes.Select(one => (one.Code.ToString(), In(one.Meaning)))]),
        Section("ENVIRONMENT", "环境变量"),
        Named(s_environment),
        Section("FILES", "文件"),
        Named(s_files),
        Section("SEE ALSO", "另见"),
        new ManualBlock.Paragraph(string.Join(", ", s_seeAlso)),
    ];

    private IEnumerable<ManualBlock> Command(CommandNode node)
    {
        yield return new ManualBlock.Heading(2, node.Path);
        yield return new ManualBlock.Lines([node.Usage]);
        yield return new ManualBlock.Paragraph(Sentence(node.Command.Summary));
        foreach (var block in Details(node))
            yield return block;
        if (node.Words.Any())
            yield return Mark(Headings.Arguments);
        yield return new ManualBlock.Terms([.. node.Words.Select(words => (words.Name, In(words.Summary)))]);
        if (node.Command.Options.Count > 0)
            yield return Mark(Headings.Options);
        yield return Options(node);
        if (!node.Command.Examples.IsEmpty)
            yield return Mark(Headings.Examples);
        yield return Examples(node);
    }

    private IEnumerable<ManualBlock> Terms(TermList list)
    {
        // Sections of a man page are written in capitals; Chinese has none.
        yield return new ManualBlock.Heading(1, In(list.Heading).ToUpperInvariant());
        yield return new ManualBlock.Paragraph(In(list.Introduction));
        yield return new ManualBlock.Terms([.. list.Terms.Select(one => (one.Term, In(one.Meaning)))]);
    }

    private string State(TcpStateInfo info) =>
        In(new Phrase("{0} (RFC 9293: {1}; ss: {2})", "{3}：{0}（RFC 9293：{1}；ss：{2}）").With(info.Meaning, info.Rfc, info.Ss, info.Chinese));

    private IEnumerable<ManualBlock> Details(CommandNode node) =>
        node.Command.Details is { } details ? [new ManualBlock.Paragraph(In(details))] : [];

    private ManualBlock.Terms Options(CommandNode node) => new([.. node.Command.Options.Select(option => (option.Signature(), In(option.Summary())))]);

    private ManualBlock.Terms Examples(CommandNode node) => new([.. node.Command.Examples.Select(example => (example.Line, In(example.What)))]);

    private ManualBlock.Terms Named((string Name, Phrase Meaning)[] all) => new([.. all.Select(one => (one.Name, In(one.Meaning)))]);

    private ManualBlock.Heading Section(string english, string chinese) => new(1, In(new Phrase(english, chinese)));

    private ManualBlock.Heading Mark(Phrase heading) => new(3, In(heading));

    private ManualBlock.Paragraph Paragraph(string english, string chinese) => new(In(new Phrase(english, chinese)));

    private string Sentence(Phrase summary) => In(new Phrase(char.ToUpperInvariant(summary.English[0]) + summary.English[1..] + ".", summary.Chinese + "。"));

    private string In(Phrase phrase) => phrase.In(_language);

    private static bool IsRun(CommandNode node) => node.Command.Action is not null;
}
