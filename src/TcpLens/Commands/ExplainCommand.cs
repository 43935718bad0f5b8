using System.CommandLine;
using TcpLens.CommandLine;
using TcpLens.Core.Explain;
using TcpLens.Core.Model;
using TcpLens.Core.Text;
using TcpLens.Outputs.Terminal.Explain;

namespace TcpLens.Commands;

/// <summary><c>tcplens explain</c>: what a state is, with this host's own settings.</summary>
internal static class ExplainCommand
{
    private static readonly WordsArgument s_state = new("STATE", new("a state in any spelling: TIME_WAIT, time-wait, timewait", "状态名，写法不限：TIME_WAIT、time-wait、timewait"), ArgumentArity.ZeroOrOne)
    {
        Values = [.. TcpStates.All.Select(info => info.Name)],
    };

    public static DescribedCommand Create(Surroundings around)
    {
        var command = new DescribedCommand("explain", new("what a state is, how long it lasts, what many of them mean", "解释某个状态：含义、时长、数量多说明什么"))
        {
            Details = new("Without a state it draws the life of a connection. Durations are those of this host's own settings.", "不指定状态时，画出连接的一生。时长按本机自己的内核参数计算。"),
            Examples =
            [
                new("tcplens explain", new("all eleven at a glance", "十一种状态一览")),
                new("tcplens explain close_wait", new("CLOSE_WAIT in full", "详解 CLOSE_WAIT")),
            ],
        };
        command.Add(s_state);
        command.SetAction(parsed => Run(parsed, around));
        return command;
    }

    private static int Run(ParseResult parsed, Surroundings around)
    {
        var session = Session.Of(parsed, around);
        var values = HostValues.Read(setting => around.Kernel.Setting(setting.Path));
        var view = new ExplainView(values, session.Language, session.TextColumns, session.Style);
        string[] words = parsed.GetValue(s_state) ?? [];
        if (words.Length == 0)
            session.Print(view.Overview());
        else if (TcpStates.TryParse(words[0], out var info))
            session.Print(view.Page(StatePages.For(info.State)));
        else
            throw UsageException.Unknown(new Phrase("state", "状态"), words[0], s_state.Values);
        return ExitCode.Success;
    }
}
