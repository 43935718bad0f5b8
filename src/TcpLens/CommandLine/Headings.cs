using TcpLens.Core.Text;

namespace TcpLens.CommandLine;

/// <summary>The headings that help and manual share.</summary>
internal static class Headings
{
    public static Phrase Usage { get; } = new("Usage", "用法");

    public static Phrase Commands { get; } = new("Commands", "命令");

    public static Phrase Arguments { get; } = new("Arguments", "参数");

    public static Phrase Options { get; } = new("Options", "选项");

    public static Phrase Examples { get; } = new("Examples", "示例");

    public static Phrase ExitCodes { get; } = new("Exit codes", "退出码");
}
