using TcpLens.Commands;
using TcpLens.Core.Text;

namespace TcpLens.CommandLine;

/// <summary>All commands. Help, man page and completion walk this tree; a new command is one more line here.</summary>
internal static class CommandTree
{
    public static DescribedCommand Build(Surroundings around)
    {
        var root = StatesCommand.Root(around);
        root.Add(StatesCommand.Create(around));
        root.Add(WatchCommand.Create(around));
        root.Add(ListCommand.Create(around));
        root.Add(ExplainCommand.Create(around));
        root.Add(LabCommand.Create(around));
        root.Add(ZabbixCommand.Create(around));
        root.Options.Insert(0, GlobalOptions.Help);
        root.Options.Insert(1, GlobalOptions.Version);
        root.Add(GlobalOptions.Language);
        root.Add(GlobalOptions.Colour);
        return root;
    }

    /// <summary>The kinds of words on a command line, for messages.</summary>
    public static Phrase CommandKind { get; } = new("command", "命令");

    public static Phrase OptionKind { get; } = new("option", "选项");
}
