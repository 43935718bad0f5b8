using System.Text;
using TcpLens.Core.Text;

namespace TcpLens.Bench.Report;

/// <summary>Lines of Markdown in one language.</summary>
internal sealed class MarkdownPage(Language language)
{
    private readonly StringBuilder _text = new();

    public void Line(string text = "") => _text.Append(text).Append('\n');

    public void Line(Phrase phrase) => Line(phrase.In(language));

    public void Row(params ReadOnlySpan<Phrase> cells)
    {
        _text.Append('|');
        foreach (var cell in cells)
            _text.Append(' ').Append(cell.In(language)).Append(" |");
        _text.Append('\n');
    }

    public override string ToString() => _text.ToString();
}
