using TcpLens.Core.Text;

namespace TcpLens.Agents;

/// <summary>What <c>tcplens zabbix check</c> prints: a line for each test, below a problem what mends it.</summary>
internal static class CheckPage
{
    private const int Indent = 9;

    public static string Render(IReadOnlyList<(Phrase Title, IReadOnlyList<CheckLine> Lines)> parts, Language language, int columns)
    {
        var page = new PageText(language, columns);
        foreach (var (title, lines) in parts)
        {
            page.Line(title);
            foreach (var line in lines)
                Append(page, line, language);
            page.Blank();
        }

        int problems = parts.Sum(part => part.Lines.Count(line => line.Verdict == CheckVerdict.Problem));
        page.Line(problems switch
        {
            0 => new Phrase("no problem found", "未发现问题"),
            1 => new Phrase("1 problem", "发现 1 个问题"),
            _ => new Phrase("{0} problems", "发现 {0} 个问题").With(problems),
        });
        return page.ToString();
    }

    private static void Append(PageText page, CheckLine line, Language language)
    {
        var label = line.Verdict switch
        {
            CheckVerdict.Ok => new Phrase("ok", "正常"),
            CheckVerdict.Note => new Phrase("note", "说明"),
            _ => new Phrase("PROBLEM", "问题"),
        };
        page.Row(label.In(language), Indent, line.Found);
        if (line.Remedy is { } remedy)
            page.Indented(Indent, new Phrase("-> {0}", "-> {0}").With(remedy));
        if (line.Recipe.Length > 0)
            page.Verbatim(Indent, line.Recipe);
    }
}
