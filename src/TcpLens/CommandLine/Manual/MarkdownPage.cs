using System.Text;
using TcpLens.Core.Text;

namespace TcpLens.CommandLine.Manual;

/// <summary>The manual as Markdown: the page of the reference in the repository.</summary>
internal static class MarkdownPage
{
    public static string Render(IEnumerable<ManualBlock> manual, Language language, string top)
    {
        var page = new StringBuilder(top);
        foreach (var block in manual)
            Append(page, block, language == Language.Chinese ? "：" : ": ");
        return page.ToString();
    }

    private static void Append(StringBuilder page, ManualBlock block, string colon)
    {
        switch (block)
        {
            case ManualBlock.Heading heading:
                page.Append('\n').Append('#', heading.Level + 1).Append(' ').Append(heading.Text).Append('\n');
                break;
            case ManualBlock.Lines lines:
                page.Append("\n```\n").AppendJoin('\n', lines.All).Append("\n```\n");
                break;
            case ManualBlock.Paragraph paragraph:
                page.Append('\n').Append(paragraph.Text).Append('\n');
                break;
            case ManualBlock.Terms { All.IsEmpty: false } terms:
                page.Append('\n');
                foreach (var (term, meaning) in terms.All)
                    page.Append("- `").Append(term).Append('`').Append(colon).Append(meaning).Append('\n');
                break;
        }
    }
}
