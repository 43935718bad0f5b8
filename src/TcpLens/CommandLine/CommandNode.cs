using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;

namespace TcpLens.CommandLine;

/// <summary>A command where it stands in the tree, with all that its help, manual and completion show.</summary>
/// <param name="Path">The words that call it: <c>tcplens zabbix get</c>.</param>
/// <param name="Command">The command itself.</param>
/// <param name="Inherited">The options of the commands above that it takes too.</param>
internal sealed record CommandNode(string Path, DescribedCommand Command, ImmutableArray<Option> Inherited)
{
    /// <summary>All options, its own first.</summary>
    public IEnumerable<Option> Options => Command.Options.Concat(Inherited);

    public IEnumerable<WordsArgument> Words => Command.Arguments.OfType<WordsArgument>();

    public IEnumerable<CommandNode> Children
    {
        get
        {
            ImmutableArray<Option> inherited = [.. Command.Options.Where(option => option.Recursive), .. Inherited];
            return Command.Subcommands.OfType<DescribedCommand>().Select(child => new CommandNode($"{Path} {child.Name}", child, inherited));
        }
    }

    /// <summary>This command and all below it, in the order of declaration.</summary>
    public IEnumerable<CommandNode> Tree => Children.SelectMany(child => child.Tree).Prepend(this);

    /// <summary>How to call it, in one line.</summary>
    public string Usage
    {
        get
        {
            string commands = Command.Subcommands.Count == 0 ? "" : Command.Action is null ? " COMMAND" : " [COMMAND]";
            return $"{Path}{commands} [OPTIONS]{string.Concat(Words.Select(Placeholder))}";
        }
    }

    /// <summary>The command that a parsed command line asks for.</summary>
    public static CommandNode Of(CommandResult asked) => asked.Parent is CommandResult parent
        ? Of(parent).Children.First(child => child.Command == asked.Command)
        : new CommandNode(asked.Command.Name, (DescribedCommand)asked.Command, []);

    private static string Placeholder(WordsArgument words)
    {
        string name = words.Arity.MaximumNumberOfValues > 1 ? words.Name + "..." : words.Name;
        return words.Arity.MinimumNumberOfValues == 0 ? $" [{name}]" : $" {name}";
    }
}
