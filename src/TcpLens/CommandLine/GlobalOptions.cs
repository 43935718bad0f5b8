namespace TcpLens.CommandLine;

/// <summary>The options that several commands share; one meaning everywhere.</summary>
internal static class GlobalOptions
{
    public static SwitchOption Help { get; } = new("--help", new("show this help", "显示帮助"), "-h") { Recursive = true };

    public static SwitchOption Version { get; } = new("--version", new("show the version", "显示版本"));

    public static ValueOption Language { get; } = new("--lang", "LANG", new("language: en, zh (default: the locale)", "语言：en、zh（默认取自 locale）")) { Recursive = true, Values = ["en", "zh"] };

    public static ValueOption Colour { get; } = new("--color", "WHEN", new("colour: auto, always, never", "颜色：auto、always、never")) { Recursive = true, Values = ["auto", "always", "never"] };

    public static ValueOption Netns { get; } = new(
        "--netns", "NAME", new("network namespace: a name, a pid, or all (default: the caller's own)", "网络命名空间：名称、进程号或 all（默认为当前命名空间）"), "-N");

    public static ValueOption Source { get; } = new(
        "--source", "SOURCE", new("how to read the kernel: auto, bpf, netlink, proc", "读取内核的方式：auto、bpf、netlink、proc"))
    { Values = ["auto", "bpf", "netlink", "proc"] };
}
