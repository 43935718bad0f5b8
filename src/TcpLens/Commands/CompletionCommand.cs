using System.CommandLine;
using TcpLens.CommandLine;
using TcpLens.CommandLine.Completion;
using TcpLens.Core.Text;

namespace TcpLens.Commands;

/// <summary><c>tcplens completion</c>: the script that completes command lines in a shell.</summary>
internal static class CompletionCommand
{
    public const string Name = "completion";

    private static readonly WordsArgument s_shell = new("SHELL", new("bash, zsh or fish", "bash、zsh 或 fish"), ArgumentArity.ExactlyOne) { Values = ["bash", "zsh", "fish"] };

    public static DescribedCommand Create(Surroundings around)
    {
        var command = new DescribedCommand(Name, new("the completion script of a shell", "输出 shell 的补全脚本"))
        {
            Details = new("Words, options and their values complete, and the values of a filter.", "可补全命令、选项及其取值，以及筛选条件的取值。"),
            Examples =
            [
                new("tcplens completion bash > /etc/bash_completion.d/tcplens", new("for all users of bash", "供所有 bash 用户使用")),
                new("source <(tcplens completion zsh)", new("for this zsh", "仅用于当前 zsh")),
                new("tcplens completion fish > ~/.config/fish/completions/tcplens.fish", new("for your own fish", "供自己的 fish 使用")),
            ],
        };
        command.Add(s_shell);
        command.SetAction(parsed => Run(parsed, around));
        return command;
    }

    private static int Run(ParseResult parsed, Surroundings around)
    {
        var session = Session.Of(parsed, around);
        var root = CommandNode.Of(parsed.RootCommandResult);
        string shell = parsed.GetValue(s_shell)![0];
        session.Print(shell switch
        {
            "bash" => BashCompletion.Script(root),
            "zsh" => ZshCompletion.Script(root, session.Language),
            "fish" => FishCompletion.Script(root, session.Language),
            _ => throw UsageException.Unknown(new Phrase("shell", " shell "), shell, s_shell.Values),
        });
        return ExitCode.Success;
    }
}
