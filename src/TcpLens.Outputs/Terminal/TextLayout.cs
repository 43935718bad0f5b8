using System.Collections.Immutable;
using System.Text;
using Wcwidth;

namespace TcpLens.Outputs.Terminal;

/// <summary>
/// Measures and breaks text by the columns that it takes on a terminal: a Han character takes two, a combining mark none. Text is
/// plain; colour is put on after it is laid out.
/// </summary>
public static class TextLayout
{
    private const char Ellipsis = '…';

    /// <summary>Characters that Chinese typography keeps off the start of a line.</summary>
    private const string NeverFirst = "。，、：；！？）」』】》〉…—～·’”%,.;:!?)]}";

    /// <summary>Characters that Chinese typography keeps off the end of a line.</summary>
    private const string NeverLast = "（「『【《〈‘“([{";

    /// <summary>Columns that <paramref name="text"/> takes, 0 or more. Control characters count as none.</summary>
    public static int Width(string text)
    {
        int width = 0;
        foreach (var rune in text.EnumerateRunes())
            width += Width(rune);
        return width;
    }

    /// <summary>The text with spaces behind it up to <paramref name="width"/> columns; text that is wider stays as it is.</summary>
    public static string PadRight(string text, int width) => text + Spaces(width - Width(text));

    /// <summary>The text with spaces before it up to <paramref name="width"/> columns; text that is wider stays as it is.</summary>
    public static string PadLeft(string text, int width) => Spaces(width - Width(text)) + text;

    /// <summary>The text cut to at most <paramref name="width"/> columns, with <c>…</c> as the last where something was cut off.</summary>
    public static string Truncate(string text, int width)
    {
        if (Width(text) <= width)
            return text;
        if (width <= 0)
            return "";

        var kept = new StringBuilder();
        int columns = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            columns += Width(rune);
            if (columns > width - 1)
                break;
            kept.Append(rune);
        }

        return kept.Append(Ellipsis).ToString();
    }

    /// <summary>
    /// The text in lines of at most <paramref name="width"/> columns (2 or more). Breaks at spaces and beside Han characters, not before
    /// closing nor behind opening punctuation; a word longer than a line is cut. A line feed in the text starts a new line.
    /// </summary>
    public static ImmutableArray<string> Wrap(string text, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 2);
        var lines = ImmutableArray.CreateBuilder<string>();
        foreach (string paragraph in text.Split('\n'))
            WrapParagraph(paragraph, width, lines);
        return lines.ToImmutable();
    }

    private static void WrapParagraph(string paragraph, int width, ImmutableArray<string>.Builder lines)
    {
        var line = new StringBuilder();
        int columns = 0;
        foreach (string piece in Pieces(paragraph))
        {
            foreach (string part in Cut(piece, width))
            {
                if (columns + Width(part.TrimEnd(' ')) > width)
                {
                    lines.Add(line.ToString().TrimEnd(' '));
                    line.Clear();
                    columns = 0;
                }

                line.Append(part);
                columns += Width(part);
            }
        }

        lines.Add(line.ToString().TrimEnd(' '));
    }

    /// <summary>The paragraph in pieces between which a line may break; spaces stay at the end of their piece.</summary>
    private static IEnumerable<string> Pieces(string paragraph)
    {
        var piece = new StringBuilder();
        Rune? previous = null;
        foreach (var rune in paragraph.EnumerateRunes())
        {
            if (previous is { } before && MayBreakBetween(before, rune))
            {
                yield return piece.ToString();
                piece.Clear();
            }

            piece.Append(rune);
            previous = rune;
        }

        if (piece.Length > 0)
            yield return piece.ToString();
    }

    private static bool MayBreakBetween(Rune left, Rune right)
    {
        if (right.Value == ' ')
            return false;
        if (left.Value == ' ')
            return true;
        bool besideWide = Width(left) == 2 || Width(right) == 2;
        return besideWide && Width(right) > 0 && !IsOneOf(NeverFirst, right) && !IsOneOf(NeverLast, left);
    }

    /// <summary>A piece that fits as it is; a longer one in parts that do.</summary>
    private static IEnumerable<string> Cut(string piece, int width)
    {
        var part = new StringBuilder();
        int columns = 0;
        foreach (var rune in piece.EnumerateRunes())
        {
            int runeColumns = Width(rune);
            if (rune.Value != ' ' && columns + runeColumns > width)
            {
                yield return part.ToString();
                part.Clear();
                columns = 0;
            }

            part.Append(rune);
            columns += runeColumns;
        }

        yield return part.ToString();
    }

    private static bool IsOneOf(string characters, Rune rune) => rune.IsBmp && characters.Contains((char)rune.Value, StringComparison.Ordinal);

    private static int Width(Rune rune) => Math.Max(0, UnicodeCalculator.GetWidth(rune.Value));

    private static string Spaces(int count) => new(' ', Math.Max(0, count));
}
