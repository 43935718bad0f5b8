using System.Collections.Immutable;
using System.Text;
using TcpLens.Core.Explain;
using TcpLens.Core.Model;
using TcpLens.Core.Text;

namespace TcpLens.Outputs.Terminal.Explain;

/// <summary>Draws the manual pages of <c>tcplens explain</c> for a terminal.</summary>
/// <param name="values">This host's settings, which the texts name.</param>
/// <param name="language">The reader's language.</param>
/// <param name="width">Columns of the terminal, 40 or more; pages are made for 80.</param>
/// <param name="style">Whether to put state names in their colour and headings in bold.</param>
public sealed class ExplainView(HostValues values, Language language, int width, Style style)
{
    private const int Narrowest = 40;

    private readonly int _width = Math.Max(width, Narrowest);

    /// <summary>The page of one state, ending with a line feed.</summary>
    public string Page(StatePage page)
    {
        var info = page.State.Info();
        var text = new StringBuilder();
        Title(text, info);
        Line(text);
        Part(text, ExplainLabels.WhatItIs, page.WhatItIs);
        Line(text);
        Part(text, ExplainLabels.Entered, page.Entered);
        Part(text, ExplainLabels.Left, page.Left);
        Part(text, ExplainLabels.Peer, page.Peer);
        Part(text, ExplainLabels.Lasts, page.Lasts);
        Line(text);
        Part(text, ExplainLabels.ManyMean, page.ManyMean);
        Part(text, ExplainLabels.ManyDoNotMean, page.ManyDoNotMean);
        Line(text);
        Commands(text, page.LookNext);
        Line(text);
        foreach (var correction in page.OftenSaid)
        {
            Part(text, ExplainLabels.Said, Quoted(correction.Said));
            Part(text, ExplainLabels.Fact, correction.Fact);
        }

        Line(text);
        Beside(text, ExplainLabels.Sources, [.. page.Sources.SelectMany(SourceLines)]);
        return text.ToString();
    }

    /// <summary>All states in a table and a drawing, ending with a line feed.</summary>
    public string Overview()
    {
        var text = new StringBuilder();
        Line(text, style.Bold(StateMachine.Title.In(language)));
        Line(text);
        foreach (var info in TcpStates.All)
        {
            Line(
                text,
                "  " + style.Of(info, TextLayout.PadRight(info.Linux, 13)) + TextLayout.PadRight(info.Rfc, 14)
                + TextLayout.PadRight(info.Chinese, 14) + info.Meaning.In(language));
        }

        Line(text);
        foreach (string line in StateMachine.Drawing.In(language).Split('\n'))
            Line(text, style.StateNames(line));
        Line(text);
        foreach (string line in TextLayout.Wrap(StateMachine.LeftOut.In(language), _width))
            Line(text, style.StateNames(line));
        Line(text);
        foreach (string line in TextLayout.Wrap(StateMachine.ReadMore.In(language), _width))
            Line(text, line);
        return text.ToString();
    }

    private void Title(StringBuilder text, TcpStateInfo info)
    {
        Line(text, style.Of(info, info.Linux) + "  " + info.Meaning.In(language));
        string names = $"RFC 9293: {info.Rfc}   ss: {info.Ss}   tcplens: {info.Name}";
        Line(text, language == Language.Chinese ? $"{names}   中文：{info.Chinese}" : names);
    }

    private void Part(StringBuilder text, Phrase label, Phrase content) =>
        Beside(text, label, [.. TextLayout.Wrap(values.Fill(content).In(language), _width - ExplainLabels.Columns)]);

    /// <summary>Commands in one column and what they tell in the next; where that is too wide, each remark close to its command.</summary>
    private void Commands(StringBuilder text, ImmutableArray<CommandHint> hints)
    {
        int room = _width - ExplainLabels.Columns;
        int column = hints.Max(hint => TextLayout.Width(hint.Command));
        bool aligned = hints.All(hint => column + TextLayout.Width(Remark(hint)) <= room);
        var lines = new List<string>();
        foreach (var hint in hints)
        {
            string line = (aligned ? TextLayout.PadRight(hint.Command, column) : hint.Command) + Remark(hint);
            if (TextLayout.Width(line) <= room)
                lines.Add(line);
            else
                lines.AddRange([hint.Command, .. TextLayout.Wrap(Remark(hint), room)]);
        }

        Beside(text, ExplainLabels.LookNext, lines);
    }

    private string Remark(CommandHint hint) => "  # " + hint.Tells.In(language);

    /// <summary>An address stays whole, however long, so that it can be copied.</summary>
    private IEnumerable<string> SourceLines(string source) =>
        source.Contains(' ', StringComparison.Ordinal) ? TextLayout.Wrap(source, _width - ExplainLabels.Columns) : [source];

    /// <summary>The label, and the lines beside it; a line too wide for its place begins further left.</summary>
    private void Beside(StringBuilder text, Phrase label, List<string> lines)
    {
        Line(text, style.Bold(TextLayout.PadRight(label.In(language), ExplainLabels.Columns)) + style.StateNames(lines[0]));
        foreach (string line in lines.Skip(1))
        {
            int indent = Math.Clamp(_width - TextLayout.Width(line), 0, ExplainLabels.Columns);
            Line(text, new string(' ', indent) + style.StateNames(line));
        }
    }

    private static Phrase Quoted(Phrase said) => new($"\"{said.English}\"", $"“{said.Chinese}”");

    private static void Line(StringBuilder text, string line = "") => text.Append(line).Append('\n');
}
