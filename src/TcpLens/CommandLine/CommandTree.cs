using System.CommandLine;
using TcpLens.Commands;
using TcpLens.Core.Text;

namespace TcpLens.CommandLine;

/// <summary>All commands. Help, man page and completion walk this tree; a new command is one more line here.</summary>
internal static class CommandTree
{
    /// <summary>The program's name: the first word of every command line.</summary>
    public const string Name = "tcplens";

    // A word that begins with @ is a word, not the name of a file with more of them.
    private static readonly ParserConfiguration s_parser = new() { ResponseFileTokenReplacer = null };

    /// <summary>Words of command lines that need the whole tree: those below zabbix, and those that tell of all commands.</summary>
    private static readonly string[] s_wantZabbix = [ZabbixCommand.Name, ManCommand.Name, CompletionCommand.Name];

    /// <summary>Reads a command line; what is wrong with it stands in the result.</summary>
    public static ParseResult Parse(IReadOnlyList<string> arguments, Surroundings around) =>
        Build(around, arguments.Any(word => s_wantZabbix.Contains(word))).Parse(arguments, s_parser);

    // The options of these commands alone would be a seventh of the memory of a short one.
    private static DescribedCommand Build(Surroundings around, bool withZabbix)
    {
        var root = StatesCommand.Root(around);
        root.Add(StatesCommand.Create(around));
        root.Add(WatchCommand.Create(around));
        root.Add(ListCommand.Create(around));
        root.Add(ByCommand.Create(around));
        root.Add(DoctorCommand.Create(around));
        root.Add(ServeCommand.Create(around));
        root.Add(HistoryCommand.Create(around));
        root.Add(ExplainCommand.Create(around));
        root.Add(LabCommand.Create(around));
        root.Add(ConfigCommand.Create(around));
        root.Add(withZabbix ? ZabbixCommand.Create(around) : ZabbixCommand.CreateBare());
        root.Add(CompletionCommand.Create(around));
        root.Add(ManCommand.Create(around));
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
