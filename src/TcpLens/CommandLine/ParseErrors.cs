using System.CommandLine;
using System.CommandLine.Parsing;
using TcpLens.Core.Text;

namespace TcpLens.CommandLine;

/// <summary>Says what is wrong with a command line in the user's language, with the nearest right word.</summary>
internal static class ParseErrors
{
    /// <summary>Throws the first thing that is wrong, if anything is.</summary>
    /// <exception cref="UsageException">The command line is wrong.</exception>
    public static void Throw(ParseResult parsed)
    {
        if (UnknownOption(parsed) is { } unknown)
            throw Unknown(unknown, parsed.CommandResult.Command);
        if (parsed.UnmatchedTokens.Count > 0)
            throw Unknown(parsed.UnmatchedTokens[0], parsed.CommandResult.Command);
        if (parsed.Errors.Count == 0)
            return;
        throw new UsageException(parsed.Errors[0].SymbolResult switch
        {
            OptionResult { Option: SwitchOption flag } => new Phrase("{0} takes no value", "{0} 不接受取值").With(flag.Name),
            OptionResult { Option: ValueOption option } => new Phrase("{0} needs one {1}", "{0} 需要一个 {1}").With(option.Name, option.ValueName),
            ArgumentResult { Argument: WordsArgument argument } => new Phrase("{0} is missing", "缺少 {0}").With(argument.Name),
            CommandResult { Command: DescribedCommand command } when command.Subcommands.Count > 0 =>
                new Phrase("{0} needs one of: {1}", "{0} 需要以下之一：{1}").With(command.Name, string.Join(", ", command.Subcommands.Select(one => one.Name))),
            _ => Phrase.Same(parsed.Errors[0].Message),
        });
    }

    // The parser takes an option that it does not know for an argument; it is one only behind "--".
    private static string? UnknownOption(ParseResult parsed)
    {
        var options = parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).Where(token => token is { Type: TokenType.Argument, Value: ['-', _, ..] }).ToHashSet();
        return parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(result => result.Tokens).FirstOrDefault(options.Contains)?.Value;
    }

    private static UsageException Unknown(string word, Command command)
    {
        if (word.StartsWith('-'))
        {
            var options = new List<string>();
            for (Command? at = command; at is not null; at = at.Parents.OfType<Command>().FirstOrDefault())
                options.AddRange(at.Options.Where(option => at == command || option.Recursive).Select(option => option.Name));
            return UsageException.Unknown(CommandTree.OptionKind, word.Split('=')[0], options);
        }

        string[] commands = [.. command.Subcommands.Select(one => one.Name)];
        return commands.Length > 0 && !commands.Contains(word, StringComparer.Ordinal)
            ? UsageException.Unknown(CommandTree.CommandKind, word, commands)
            : new UsageException(new Phrase("'{0}' is one word too many", "多余的参数“{0}”").With(word));
    }
}
