using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using TcpLens.Core.Text;

namespace TcpLens.Configuration;

/// <summary>A value as it was found, before its setting has read it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As it was written, without quotation marks.</param>
internal sealed record RawValue(RawKind Kind, string Text)
{
    /// <summary>Characters of a value that a message repeats.</summary>
    private const int ShownCharacters = 60;

    /// <summary>The values of a list.</summary>
    public ImmutableArray<RawValue> Items { get; init; } = [];

    /// <summary>Whether it may be read as a text: it is one, or a word that may be anything.</summary>
    public bool IsText => Kind is RawKind.Text or RawKind.Word;

    public static RawValue Word(string text) => new(RawKind.Word, text);

    /// <summary>The value in a message.</summary>
    public Phrase Shown => Kind switch
    {
        RawKind.Word or RawKind.Text when Text.Length == 0 => new Phrase("an empty text", "空字符串"),
        RawKind.Word or RawKind.Text => new Phrase("'{0}'", "“{0}”").With(Printable(Text)),
        RawKind.Number => new Phrase("the number {0}", "数字 {0}").With(Printable(Text)),
        RawKind.Switch => new Phrase(Text, $" {Text}"),
        RawKind.List => new Phrase("a list", "列表"),
        _ => new Phrase("a table or a date", "表或日期"),
    };

    /// <summary>Text from a file or the environment made harmless for a terminal, and not too long for a message.</summary>
    public static string Printable(string text)
    {
        var printable = new StringBuilder();
        foreach (var rune in text.EnumerateRunes().Take(ShownCharacters))
        {
            bool harmless = Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
            printable.Append(harmless ? rune : Rune.ReplacementChar);
        }

        return text.EnumerateRunes().Skip(ShownCharacters).Any() ? printable.Append('…').ToString() : printable.ToString();
    }
}
