using System.Globalization;

namespace TcpLens.Outputs.Web;

/// <summary>A stranger's word in an answer: cut, and without characters that would move a cursor or turn the direction of writing.</summary>
internal static class Echo
{
    private const int Characters = 60;

    public static string Of(string text)
    {
        string cut = text.Length > Characters ? text[..Characters] + "…" : text;
        return string.Concat(cut.Select(one => IsPrintable(one) ? one : '\uFFFD'));
    }

    private static bool IsPrintable(char one) => char.GetUnicodeCategory(one) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse);
}
