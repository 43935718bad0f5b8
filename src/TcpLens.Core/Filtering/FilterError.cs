using System.Globalization;
using System.Text;
using TcpLens.Core.Text;

namespace TcpLens.Core.Filtering;

/// <summary>What is wrong with a filter, and where: <see cref="Length"/> characters (at least one) from <see cref="Position"/> of <see cref="Text"/>.</summary>
public sealed record FilterError(string Text, int Position, int Length, Phrase Message)
{
    /// <summary>Columns of the filter that are shown on either side of the wrong word, and of the wrong word itself.</summary>
    private const int ShownColumns = 40;

    /// <summary>
    /// Two lines without a last line break: the filter, and below it a caret under the wrong word with the message. A long filter is shown in part.
    /// </summary>
    /// <param name="language">The language of the message.</param>
    /// <param name="width">Columns of a character on the terminal; without it East Asian wide characters count two.</param>
    public string Render(Language language, Func<Rune, int>? width = null)
    {
        width ??= ColumnWidth.Of;
        var (before, beforeColumns) = Cut(Printable(Text.AsSpan(0, Position)), width, fromEnd: true);
        var (wrong, wrongColumns) = Cut(Printable(Text.AsSpan(Position, Length)), width, fromEnd: false);
        var (after, _) = Cut(Printable(Text.AsSpan(Position + Length)), width, fromEnd: false);
        return $"{before}{wrong}{after}\n{new string(' ', beforeColumns)}^{new string('~', Math.Max(0, wrongColumns - 1))} {Message.In(language)}";
    }

    /// <summary>
    /// The text with every character that would move the cursor or turn the direction of writing replaced: a filter may come from a
    /// stranger's link, and its echo must not write to the terminal what it likes.
    /// </summary>
    internal static List<Rune> Printable(ReadOnlySpan<char> text)
    {
        var printable = new List<Rune>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            printable.Add(Rune.GetUnicodeCategory(rune) switch
            {
                _ when rune.Value == '\t' => new Rune(' '),
                UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                    or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => Rune.ReplacementChar,
                _ => rune,
            });
        }

        return printable;
    }

    private static (string Text, int Columns) Cut(List<Rune> runes, Func<Rune, int> width, bool fromEnd)
    {
        if (fromEnd)
            runes.Reverse();
        int columns = 0;
        int kept = 0;
        while (kept < runes.Count && columns + width(runes[kept]) <= ShownColumns)
            columns += width(runes[kept++]);
        bool cut = kept < runes.Count;
        runes.RemoveRange(kept, runes.Count - kept);
        if (cut)
        {
            var ellipsis = new Rune('…');
            runes.Add(ellipsis);
            columns += width(ellipsis);
        }

        if (fromEnd)
            runes.Reverse();
        return (string.Concat(runes), columns);
    }
}
