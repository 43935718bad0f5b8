using System.CommandLine;
using TcpLens.CommandLine;
using TcpLens.CommandLine.Manual;

namespace TcpLens.Commands;

/// <summary><c>tcplens man</c>: the manual page, for the manual of the system.</summary>
internal static class ManCommand
{
    public const string Name = "man";

    public static DescribedCommand Create(Surroundings around)
    {
        var command = new DescribedCommand(Name, new("the manual page, as roff", "以 roff 格式输出手册页"))
        {
            Examples =
            [
                new("tcplens man | man -l -", new("read it", "直接阅读")),
                new("tcplens man --lang zh > /usr/local/share/man/zh_CN/man1/tcplens.1", new("install the Chinese one", "安装中文手册页")),
            ],
        };
        command.SetAction(parsed => Run(parsed, around));
        return command;
    }

    private static int Run(ParseResult parsed, Surroundings around)
    {
        var session = Session.Of(parsed, around);
        var manual = ManualText.Of(CommandNode.Of(parsed.RootCommandResult), session.Language);
        session.Print(RoffPage.Render(manual, session.Language, ProductVersion.Text));
        return ExitCode.Success;
    }
}
