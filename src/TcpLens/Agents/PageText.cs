using System.Text;
using TcpLens.Core.Text;
using TcpLens.Outputs.Terminal;

namespace TcpLens.Agents;

/// <summary>A page for people in the making: paragraphs and labelled rows, laid out in columns in either language.</summary>
internal sealed class PageText(Language language, int columns)
{
    private readonly StringBuilder _text = new();

    public override string ToString() => _text.ToString();

    public void Line(Phrase words) => Row("", 0, words);

    /// <summary>The words behind an indent, wrapped to stay behind it.</summary>
    public void Indented(int indent, Phrase words) => Row("", indent, words);

    /// <summary>A label and words, which wrap behind the label's column; a label that is wider than that has its words on the next line.</summary>
    public void Row(string label, int indent, Phrase words)
    {
        bool first = label.Length > 0;
        if (first && TextLayout.Width(label) >= indent)
        {
            _text.Append(label).Append('\n');
            first = false;
        }

        foreach (string line in TextLayout.Wrap(words.In(language), Math.Max(20, columns - indent)))
        {
            _text.Append(TextLayout.PadRight(first ? label : "", indent)).Append(line).Append('\n');
            first = false;
        }
    }

    /// <summary>Text to copy: it is not wrapped.</summary>
    public void Verbatim(int indent, string text)
    {
        foreach (string line in text.TrimEnd('\n').Split('\n'))
            _text.Append(' ', line.Length == 0 ? 0 : indent).Append(line).Append('\n');
    }

    public void Blank() => _text.Append('\n');
}
