using System.Collections.Immutable;
using TcpLens.Core.Text;
using TcpLens.Linux.Reading;

namespace TcpLens.Configuration;

/// <summary>
/// All settings of the resident monitor. A new setting is one entry here and its place in <see cref="Settings"/>, where its default stands.
/// </summary>
internal static class SettingTable
{
    private static readonly SwitchType s_switch = new();

    public static ImmutableArray<SettingSection> Sections { get; } =
    [
        new("sampling", new("how the kernel is read", "如何读取内核"), Sampling()),
        new("web", new("dashboard, API and metrics", "仪表板、API 与指标"), Web()),
        new("history", new("what is remembered, in one file on disk", "历史记录，保存在磁盘上的单个文件中"), History()),
        new("socket", new("the local socket on which other tcplens commands ask the monitor", "其他 tcplens 命令向常驻进程查询所用的本地套接字"), Socket()),
        new("log", new("what is logged", "日志记录"), Log()),
        ThresholdSettingTable.Section,
        .. AlertSettingTable.Sections,
        .. ZabbixSettingTable.Sections,
    ];

    public static ImmutableArray<SettingDefinition> All { get; } = [.. Sections.SelectMany(section => section.Settings)];

    public static ImmutableArray<string> SectionNames { get; } = [.. Sections.Select(section => section.Name)];

    /// <summary>A setting that there is.</summary>
    public static SettingDefinition Find(string section, string key) => All.First(setting => setting.Section == section && setting.Key == key);

    private static ImmutableArray<SettingDefinition> Sampling() =>
    [
        new Setting<TimeSpan>(new DurationType(TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1)), all => all.Sampling.Interval, (all, value) => all with { Sampling = all.Sampling with { Interval = value } })
        {
            Section = "sampling", Key = "interval", Example = "\"5s\"", Flag = SettingFlag.Value("--interval", "DURATION"), AppliesAtOnce = true,
            Summary = new("time from one reading of the kernel to the next", "相邻两次读取内核的间隔"),
        },
        new Setting<double>(new NumberType(0.01, 100), all => all.Sampling.CpuBudgetPercent, (all, value) => all with { Sampling = all.Sampling with { CpuBudgetPercent = value } })
        {
            Section = "sampling", Key = "cpu_budget_percent", Example = "5.0", Flag = SettingFlag.Value("--cpu-budget", "PERCENT"), AppliesAtOnce = true,
            Summary = new("CPU that sampling may take, in percent of one core; the interval is stretched to keep it", "采样可占用的 CPU，以单核百分比计；为不超出预算会拉长间隔"),
        },
        new Setting<NamespaceScope>(new ChoiceType<NamespaceScope>(("own", NamespaceScope.Own), ("all", NamespaceScope.All)), all => all.Sampling.Netns, (all, value) => all with { Sampling = all.Sampling with { Netns = value } })
        {
            Section = "sampling", Key = "netns", Example = "\"all\"", Flag = SettingFlag.Value("--netns", "SCOPE"), AppliesAtOnce = true,
            Summary = new("network namespaces to count: the monitor's own, or beside it all others of the host, which needs root", "统计哪些网络命名空间：own 为自身所在的，all 另外统计本机其余的（需要 root）"),
        },
        new Setting<SourceChoice>(new ChoiceType<SourceChoice>(("auto", SourceChoice.Auto), ("bpf", SourceChoice.Bpf), ("netlink", SourceChoice.Netlink), ("proc", SourceChoice.Proc)), all => all.Sampling.Source, (all, value) => all with { Sampling = all.Sampling with { Source = value } })
        {
            Section = "sampling", Key = "source", Example = "\"proc\"", Flag = SettingFlag.Value("--source", "SOURCE"), AppliesAtOnce = true,
            Summary = new("how to read the kernel: auto takes the best that this host allows", "读取内核的方式：auto 选用本机允许的最佳方式"),
        },
    ];

    private static ImmutableArray<SettingDefinition> Web() =>
    [
        new Setting<bool>(s_switch, all => all.Web.Enabled, (all, value) => all with { Web = all.Web with { Enabled = value } })
        {
            Section = "web", Key = "enabled", Example = "false", Flag = SettingFlag.Off("--no-web"),
            Summary = new("whether there is a web server", "是否启动 Web 服务"),
        },
        new Setting<ImmutableArray<ListenAddress>>(new ListType<ListenAddress>(new ListenType(), fewest: 1, most: 16), all => all.Web.Listen, (all, value) => all with { Web = all.Web with { Listen = value } })
        {
            Section = "web", Key = "listen", Example = "[\"127.0.0.1:11011\", \"[::1]:11011\"]", Flag = SettingFlag.Value("--listen", "ADDRESS:PORT"),
            Summary = new("where to listen, *:PORT for every address of the host; anything but loopback needs token_file", "监听地址，*:PORT 表示本机所有地址；除回环地址外都需要 token_file"),
        },
        new Setting<string>(new PathType(mayBeEmpty: true), all => all.Web.TokenFile, (all, value) => all with { Web = all.Web with { TokenFile = value } })
        {
            Section = "web", Key = "token_file", Example = "\"/etc/tcplens/token\"", Flag = SettingFlag.Value("--token-file", "FILE"), AppliesAtOnce = true, HidesWrongValue = true,
            Summary = new("file with the token that browsers and programs must show; other users must not be able to read it", "存放令牌的文件，浏览器和程序须出示该令牌；其他用户不得能读取此文件"),
        },
        new Setting<string>(new PathType(mayBeEmpty: true), all => all.Web.CertificateFile, (all, value) => all with { Web = all.Web with { CertificateFile = value } })
        {
            Section = "web", Key = "certificate_file", Example = "\"/etc/tcplens/certificate.pem\"",
            Summary = new("certificate chain in PEM, for HTTPS", "PEM 格式的证书链，用于 HTTPS"),
        },
        new Setting<string>(new PathType(mayBeEmpty: true), all => all.Web.KeyFile, (all, value) => all with { Web = all.Web with { KeyFile = value } })
        {
            Section = "web", Key = "key_file", Example = "\"/etc/tcplens/key.pem\"", HidesWrongValue = true,
            Summary = new("private key of the certificate, in PEM", "证书的私钥，PEM 格式"),
        },
        new Setting<ImmutableArray<string>>(new ListType<string>(new HostNameType(), fewest: 0, most: 64), all => all.Web.AllowedHosts, (all, value) => all with { Web = all.Web with { AllowedHosts = value } })
        {
            Section = "web", Key = "allowed_hosts", Example = "[\"monitor.example\"]", AppliesAtOnce = true,
            Summary = new("names by which browsers may call the server, beside localhost and its addresses", "除 localhost 和本机地址外，允许浏览器使用的主机名"),
        },
        new Setting<bool>(s_switch, all => all.Web.NodeExporterNames, (all, value) => all with { Web = all.Web with { NodeExporterNames = value } })
        {
            Section = "web", Key = "node_exporter_names", Example = "true", AppliesAtOnce = true,
            Summary = new("whether /metrics also has the names of node_exporter", "/metrics 是否同时提供 node_exporter 的指标名"),
        },
    ];

    private static ImmutableArray<SettingDefinition> History() =>
    [
        new Setting<bool>(s_switch, all => all.History.Enabled, (all, value) => all with { History = all.History with { Enabled = value } })
        {
            Section = "history", Key = "enabled", Example = "false", Flag = SettingFlag.Off("--no-history"),
            Summary = new("whether anything is remembered", "是否保存历史"),
        },
        new Setting<string>(new PathType(mayBeEmpty: false), all => all.History.File, (all, value) => all with { History = all.History with { File = value } })
        {
            Section = "history", Key = "file", Example = "\"/srv/tcplens/history.db\"", Flag = SettingFlag.Value("--history-file", "FILE"),
            Summary = new("the database; it is made when it is not there", "数据库文件，不存在时自动创建"),
        },
        Keep("keep_seconds", "\"12h\"", new("how long points of one second are kept", "一秒粒度数据的保留时间"), TimeSpan.FromMinutes(1), all => all.History.KeepSeconds, (all, value) => all with { History = all.History with { KeepSeconds = value } }),
        Keep("keep_minutes", "\"90d\"", new("how long points of one minute are kept", "一分钟粒度数据的保留时间"), TimeSpan.FromHours(1), all => all.History.KeepMinutes, (all, value) => all with { History = all.History with { KeepMinutes = value } }),
        Keep("keep_hours", "\"5y\"", new("how long points of one hour are kept", "一小时粒度数据的保留时间"), TimeSpan.FromDays(1), all => all.History.KeepHours, (all, value) => all with { History = all.History with { KeepHours = value } }),
        new Setting<long>(new SizeType(8 << 20, 1L << 40), all => all.History.SizeMaximum, (all, value) => all with { History = all.History with { SizeMaximum = value } })
        {
            Section = "history", Key = "size_maximum", Example = "\"1GiB\"", AppliesAtOnce = true,
            Summary = new("the largest that the file may become; then the oldest points go first", "数据库文件的最大大小；达到后先删除最旧的数据"),
        },
    ];

    private static ImmutableArray<SettingDefinition> Socket() =>
    [
        new Setting<bool>(s_switch, all => all.Socket.Enabled, (all, value) => all with { Socket = all.Socket with { Enabled = value } })
        {
            Section = "socket", Key = "enabled", Example = "false", Flag = SettingFlag.Off("--no-socket"),
            Summary = new("whether other commands may ask the monitor instead of the kernel", "其他命令是否可以向常驻进程查询而不读取内核"),
        },
        new Setting<string>(new PathType(mayBeEmpty: false, bytesMax: 107), all => all.Socket.Path, (all, value) => all with { Socket = all.Socket with { Path = value } })
        {
            Section = "socket", Key = "path", Example = "\"/run/tcplens/other.sock\"", Flag = SettingFlag.Value("--socket", "PATH"),
            Summary = new("where the socket is", "套接字的路径"),
        },
        new Setting<string>(new GroupType(), all => all.Socket.Group, (all, value) => all with { Socket = all.Socket with { Group = value } })
        {
            Section = "socket", Key = "group", Example = "\"zabbix\"",
            Summary = new("the group whose members may ask; without one the monitor's own", "允许查询的用户组；留空则为常驻进程自己的组"),
        },
    ];

    private static ImmutableArray<SettingDefinition> Log() =>
    [
        new Setting<LogLevel>(new ChoiceType<LogLevel>(("debug", LogLevel.Debug), ("info", LogLevel.Info), ("warning", LogLevel.Warning), ("error", LogLevel.Error)), all => all.Log.Level, (all, value) => all with { Log = all.Log with { Level = value } })
        {
            Section = "log", Key = "level", Example = "\"debug\"", Flag = SettingFlag.Value("--log-level", "LEVEL"), AppliesAtOnce = true,
            Summary = new("the least important messages that are logged", "记录的最低日志级别"),
        },
        new Setting<LogFormat>(new ChoiceType<LogFormat>(("auto", LogFormat.Auto), ("text", LogFormat.Text), ("json", LogFormat.Json), ("journal", LogFormat.Journal)), all => all.Log.Format, (all, value) => all with { Log = all.Log with { Format = value } })
        {
            Section = "log", Key = "format", Example = "\"json\"", Flag = SettingFlag.Value("--log-format", "FORMAT"),
            Summary = new("lines for people, JSON, or fields of systemd's journal; auto is the journal where there is one", "可读文本、JSON 或 systemd journal 字段；auto 在有 journal 时使用 journal"),
        },
    ];

    private static Setting<TimeSpan> Keep(string key, string example, Phrase summary, TimeSpan shortest, Func<Settings, TimeSpan> get, Func<Settings, TimeSpan, Settings> set) =>
        new(new DurationType(shortest, TimeSpan.FromDays(100 * 365)), get, set) { Section = "history", Key = key, Example = example, AppliesAtOnce = true, Summary = summary };
}
