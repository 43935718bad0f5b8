using System.Text;
using TcpLens.Core.Text;

namespace TcpLens.CommandLine.Manual;

/// <summary>The manual as a man page: roff with the macros of man(7), for groff and mandoc.</summary>
internal static class RoffPage
{
    /// <summary>
    /// Where groff may break Chinese, which has no spaces: between any two Han characters, not before closing nor behind opening punctuation.
    /// Only groff itself knows these requests.
    /// </summary>
    private const string ChineseLineBreaks = """
        .if \n(.g \{\
        .class [Han] \[u4E00]-\[u9FFF]
        .class [Closing] \[u2026] \[u201D] \[u3001] \[u3002] \[uFF01] \[uFF09] \[uFF0C] \[uFF1A] \[uFF1B] \[uFF1F]
        .class [Opening] \[u201C] \[uFF08]
        .cflags 512 \C'[Han]'
        .cflags 128 \C'[Closing]'
        .cflags 266 \C'[Opening]'
        .\}

        """;

    public static string Render(IEnumerable<ManualBlock> manual, Language language, string version)
    {
        var page = new StringBuilder("'\\\" -*- coding: utf-8 -*-\n");
        if (language == Language.Chinese)
            page.Append(ChineseLineBreaks);
        string volume = language == Language.Chinese ? "用户命令" : "User Commands";
        page.Append($".TH TCPLENS 1 \"\" \"tcplens {version}\" \"{volume}\"\n");
        // Left-aligned: commands must not be pulled apart.
        page.Append(".nh\n.ad l\n");
        foreach (var block in manual)
            Append(page, block);
        return page.ToString();
    }

    private static void Append(StringBuilder page, ManualBlock block)
    {
        switch (block)
        {
            case ManualBlock.Heading { Level: 1 } heading:
                page.Append(".SH ").Append(Text(heading.Text)).Append('\n');
                break;
            case ManualBlock.Heading { Level: 2 } heading:
                page.Append(".SS ").Append(Text(heading.Text)).Append('\n');
                break;
            case ManualBlock.Heading heading:
                page.Append(".PP\n.I ").Append(Text(heading.Text)).Append('\n');
                break;
            case ManualBlock.Lines lines:
                page.Append(".PP\n").AppendJoin(".br\n", lines.All.Select(line => $".B {Text(line)}\n"));
                break;
            case ManualBlock.Paragraph paragraph:
                page.Append(".PP\n").Append(Text(paragraph.Text)).Append('\n');
                break;
            case ManualBlock.Terms terms:
                foreach (var (term, meaning) in terms.All)
                    page.Append(".TP\n.B ").Append(Text(term)).Append('\n').Append(Text(meaning)).Append('\n');
                break;
        }
    }

    // Characters that roff reads as requests, or prints as another character than the one that has to be typed.
    private static string Text(string text)
    {
        var escaped = new StringBuilder(text.Length);
        if (text.StartsWith('.') || text.StartsWith('\''))
            escaped.Append("\\&");
        foreach (char character in text)
        {
            escaped.Append(character switch
            {
                '\\' => "\\(rs",
                '-' => "\\-",
                '\'' => "\\(aq",
                '"' => "\\(dq",
                '`' => "\\(ga",
                '^' => "\\(ha",
                '~' => "\\(ti",
                _ => character.ToString(),
            });
        }

        return escaped.ToString();
    }
}
