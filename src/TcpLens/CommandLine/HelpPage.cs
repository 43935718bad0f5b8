using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using TcpLens.Core.Text;
using TcpLens.Outputs.Terminal;

namespace TcpLens.CommandLine;

/// <summary>The help of one command, made from its declaration.</summary>
internal static class HelpPage
{
    private const int Indent = 2;
    private const int NameColumns = 26;

    public static string Render(CommandResult asked, Session session)
    {
        var command = (DescribedCommand)asked.Command;
        var language = session.Language;
        var text = new StringBuilder();
        string path = Path(asked);
        Paragraph(text, $"{path}: {command.Summary.In(language)}", session, 0);
        Heading(text, new Phrase("Usage", "用法"), session);
        Paragraph(text, Usage(path, command), session, Indent);
        if (command.Details is { } details)
        {
            text.Append('\n');
            Paragraph(text, details.In(language), session, 0);
        }

        if (command.Subcommands.Count > 0)
        {
            Heading(text, new Phrase("Commands", "命令"), session);
            foreach (var one in command.Subcommands.OfType<DescribedCommand>())
                Row(text, one.Name, one.Summary, session);
        }

        foreach (var argument in command.Arguments.OfType<WordsArgument>())
        {
            Heading(text, new Phrase("Arguments", "参数"), session);
            Row(text, argument.Name, argument.Summary, session);
        }

        Heading(text, new Phrase("Options", "选项"), session);
        foreach (var option in OptionsOf(asked))
            Row(text, Signature(option), SummaryOf(option), session);
        if (!command.Examples.IsEmpty)
            Heading(text, new Phrase("Examples", "示例"), session);
        foreach (var example in command.Examples)
        {
            Paragraph(text, $"{session.Style.Bold(example.Line)}", session, Indent);
            Paragraph(text, example.What.In(language), session, Indent * 3);
        }

        if (asked.Parent is null)
        {
            Heading(text, new Phrase("Exit codes", "退出码"), session);
            foreach (var (code, meaning) in ExitCodes)
                Row(text, code.ToString(), meaning, session);
        }

        return text.ToString();
    }

    /// <summary>The exit codes with their meanings, for help and man page.</summary>
    public static IReadOnlyList<(int Code, Phrase Meaning)> ExitCodes { get; } =
    [
        (ExitCode.Success, new Phrase("done", "成功")),
        (ExitCode.Failure, new Phrase("the kernel could not be read or the output not written", "无法读取内核或无法写出结果")),
        (ExitCode.Usage, new Phrase("the command line is wrong", "命令行有误")),
    ];

    /// <summary>The options of a command: its own and those it inherits.</summary>
    public static IEnumerable<Option> OptionsOf(CommandResult asked)
    {
        foreach (var option in asked.Command.Options)
            yield return option;
        for (var at = asked.Parent as CommandResult; at is not null; at = at.Parent as CommandResult)
        {
            foreach (var option in at.Command.Options.Where(option => option.Recursive))
                yield return option;
        }
    }

    public static string Signature(Option option)
    {
        string names = string.Join(", ", option.Aliases.Append(option.Name));
        return option is ValueOption value ? $"{names} {value.ValueName}" : names;
    }

    public static Phrase SummaryOf(Option option) => option switch
    {
        ValueOption value => value.Summary,
        SwitchOption flag => flag.Summary,
        _ => Phrase.Same(option.Description ?? ""),
    };

    public static string Usage(string path, DescribedCommand command)
    {
        var usage = new StringBuilder(path);
        if (command.Subcommands.Count > 0)
            usage.Append(command.Action is null ? " COMMAND" : " [COMMAND]");
        usage.Append(" [OPTIONS]");
        foreach (var argument in command.Arguments)
        {
            bool optional = argument.Arity.MinimumNumberOfValues == 0;
            string name = argument.Arity.MaximumNumberOfValues > 1 ? argument.Name + "..." : argument.Name;
            usage.Append(' ').Append(optional ? $"[{name}]" : name);
        }

        return usage.ToString();
    }

    private static string Path(CommandResult asked) => asked.Parent is CommandResult parent ? $"{Path(parent)} {asked.Command.Name}" : asked.Command.Name;

    private static void Heading(StringBuilder text, Phrase heading, Session session) =>
        text.Append('\n').Append(session.Style.Bold(heading.In(session.Language))).Append('\n');

    private static void Paragraph(StringBuilder text, string paragraph, Session session, int indent)
    {
        foreach (string line in TextLayout.Wrap(paragraph, session.Columns - indent))
            text.Append(' ', line.Length == 0 ? 0 : indent).Append(line).Append('\n');
    }

    private static void Row(StringBuilder text, string name, Phrase summary, Session session)
    {
        var lines = TextLayout.Wrap(summary.In(session.Language), Math.Max(20, session.Columns - Indent - NameColumns));
        text.Append(' ', Indent).Append(TextLayout.PadRight(name, NameColumns));
        if (TextLayout.Width(name) >= NameColumns)
            text.Append('\n').Append(' ', Indent + NameColumns);
        text.Append(lines[0]).Append('\n');
        foreach (string line in lines.Skip(1))
            text.Append(' ', Indent + NameColumns).Append(line).Append('\n');
    }
}
