using System.Collections.Immutable;
using System.Text;
using TcpLens.Core.Text;
using TcpLens.Outputs.Terminal;

namespace TcpLens.CommandLine;

/// <summary>The help of one command, made from its declaration.</summary>
internal sealed class HelpPage
{
    private const int Indent = 2;
    private const int NameColumns = 28;

    /// <summary>Room for a short name, so that long names stand below each other: <c>-N, --netns</c>.</summary>
    private static readonly string s_noShortName = new(' ', 4);

    private readonly StringBuilder _text = new();
    private readonly Session _session;

    private HelpPage(Session session) => _session = session;

    /// <summary>The exit codes with their meanings, for help and manual.</summary>
    public static ImmutableArray<(int Code, Phrase Meaning)> ExitCodes { get; } =
    [
        (ExitCode.Success, new Phrase("done", "成功")),
        (ExitCode.Failure, new Phrase("the kernel could not be read or the output not written", "无法读取内核或无法写出结果")),
        (ExitCode.Usage, new Phrase("the command line or the configuration is wrong", "命令行或配置有误")),
        (ExitCode.Found, new Phrase("doctor: a warning or something critical was found", "doctor：发现警告或严重问题")),
    ];

    public static string Render(CommandNode node, Session session)
    {
        var page = new HelpPage(session);
        page.Top(node);
        page.Words(node);
        page.Options(node);
        page.Bottom(node);
        return page._text.ToString();
    }

    private void Top(CommandNode node)
    {
        Paragraph(new Phrase("{0}: {1}", "{0}：{1}").With(node.Path, node.Command.Summary), 0);
        Heading(Headings.Usage);
        Paragraph(Phrase.Same(node.Usage), Indent);
        if (node.Command.Details is not { } details)
            return;
        _text.Append('\n');
        Paragraph(details, 0);
    }

    private void Words(CommandNode node)
    {
        if (node.Children.Any())
            Heading(Headings.Commands);
        foreach (var child in node.Children)
            Row(child.Command.Name, child.Command.Summary);
        if (node.Words.Any())
            Heading(Headings.Arguments);
        foreach (var words in node.Words)
            Row(words.Name, words.Summary);
        if (node.Command.Terms is not { } list)
            return;
        Heading(list.Heading);
        Paragraph(list.Introduction, Indent);
        foreach (var (term, meaning) in list.Terms)
            Row(term, meaning);
    }

    private void Options(CommandNode node)
    {
        Heading(Headings.Options);
        foreach (var option in node.Options)
            Row((option.Aliases.Count == 0 ? s_noShortName : "") + option.Signature(), option.Summary());
    }

    private void Bottom(CommandNode node)
    {
        if (!node.Command.Examples.IsEmpty)
            Heading(Headings.Examples);
        foreach (var example in node.Command.Examples)
        {
            // Never broken: it is there to be copied.
            _text.Append(' ', Indent).Append(_session.Style.Bold(example.Line)).Append('\n');
            Paragraph(example.What, Indent * 3);
        }

        if (node.Command.Parents.Any())
            return;
        Heading(Headings.ExitCodes);
        foreach (var (code, meaning) in ExitCodes)
            Row(code.ToString(), meaning);
    }

    private void Heading(Phrase heading) => _text.Append('\n').Append(_session.Style.Bold(heading.In(_session.Language))).Append('\n');

    private void Paragraph(Phrase paragraph, int indent)
    {
        foreach (string line in TextLayout.Wrap(paragraph.In(_session.Language), _session.TextColumns - indent))
            _text.Append(' ', line.Length == 0 ? 0 : indent).Append(line).Append('\n');
    }

    private void Row(string name, Phrase summary)
    {
        var lines = TextLayout.Wrap(summary.In(_session.Language), _session.TextColumns - Indent - NameColumns);
        _text.Append(' ', Indent).Append(TextLayout.PadRight(name, NameColumns));
        if (TextLayout.Width(name) >= NameColumns)
            _text.Append('\n').Append(' ', Indent + NameColumns);
        _text.Append(lines[0]).Append('\n');
        foreach (string line in lines.Skip(1))
            _text.Append(' ', Indent + NameColumns).Append(line).Append('\n');
    }
}
