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
/// <param name="colour">Whether to put state names in their colour and headings in bold (ANSI, 24 bit).</param>
public sealed class ExplainView(HostValues values, Language language, int width, bool colour)
{
    private const int Narrowest = 40;

    private readonly int _width = Math.Max(width, Narrowest);
    private readonly Ink _ink = new(colour);

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
        Part(text, ExplainLabels.Sources, Phrase.Same(string.Join('\n', page.Sources)));
        return text.ToString();
    }

    /// <summary>All states in a table and a drawing, ending with a line feed.</summary>
    public string Overview()
    {
        var text = new StringBuilder();
        Line(text, _ink.Bold(StateMachine.Title.In(language)));
        Line(text);
        foreach (var info in TcpStates.All)
        {
            Line(
                text,
                "  " + _ink.Of(info, TextLayout.PadRight(info.Linux, 13)) + TextLayout.PadRight(info.Rfc, 14)
                + TextLayout.PadRight(info.Chinese, 14) + info.Meaning.In(language));
        }

        Line(text);
        foreach (string line in StateMachine.Drawing.In(language).Split('\n'))
            Line(text, _ink.StateNames(line));
        Line(text);
        foreach (string line in TextLayout.Wrap(StateMachine.LeftOut.In(language), _width))
            Line(text, _ink.StateNames(line));
        Line(text);
        foreach (string line in TextLayout.Wrap(StateMachine.ReadMore.In(language), _width))
            Line(text, line);
        return text.ToString();
    }

    private void Title(StringBuilder text, TcpStateInfo info)
    {
        Line(text, _ink.Of(info, info.Linux) + "  " + info.Meaning.In(language));
        string names = $"RFC 9293: {info.Rfc}   ss: {info.Ss}   tcplens: {info.Name}";
        Line(text, language == Language.Chinese ? $"{names}   中文：{info.Chinese}" : names);
    }

    private void Part(StringBuilder text, Phrase label, Phrase content) =>
        Beside(text, label, [.. TextLayout.Wrap(values.Fill(content).In(language), _width - ExplainLabels.Columns).Select(_ink.StateNames)]);

    /// <summary>Commands in one column, what they tell in the next; beneath where both do not fit on a line.</summary>
    private void Commands(StringBuilder text, ImmutableArray<CommandHint> hints)
    {
        int room = _width - ExplainLabels.Columns;
        int column = hints.Max(hint => TextLayout.Width(hint.Command)) + 2;
        var lines = new List<string>();
        foreach (var hint in hints)
        {
            string remark = "# " + hint.Tells.In(language);
            if (column + TextLayout.Width(remark) <= room)
            {
                lines.Add(TextLayout.PadRight(hint.Command, column) + remark);
            }
            else if (TextLayout.Width(hint.Command) + 2 + TextLayout.Width(remark) <= room)
            {
                lines.Add(hint.Command + "  " + remark);
            }
            else
            {
                lines.Add(hint.Command);
                lines.AddRange(TextLayout.Wrap(remark, room - 2).Select(line => "  " + line));
            }
        }

        Beside(text, ExplainLabels.LookNext, lines);
    }

    private void Beside(StringBuilder text, Phrase label, List<string> lines)
    {
        string first = _ink.Bold(TextLayout.PadRight(label.In(language), ExplainLabels.Columns));
        for (int i = 0; i < lines.Count; i++)
            Line(text, (i == 0 ? first : new string(' ', ExplainLabels.Columns)) + lines[i]);
    }

    private static Phrase Quoted(Phrase said) => new($"\"{said.English}\"", $"“{said.Chinese}”");

    private static void Line(StringBuilder text, string line = "") => text.Append(line).Append('\n');
}
