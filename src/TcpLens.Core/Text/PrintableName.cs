using System.Globalization;
using System.Text;

namespace TcpLens.Core.Text;

/// <summary>
/// Makes a name harmless for a terminal: processes, files and cgroups may be called anything, escape sequences included.
/// </summary>
public static class PrintableName
{
    /// <summary>Decodes UTF-8; what is not text, controls a terminal or turns the writing direction becomes <c>?</c>.</summary>
    public static string Of(ReadOnlySpan<byte> name)
    {
        var text = new StringBuilder(name.Length);
        while (!name.IsEmpty)
        {
            bool valid = Rune.DecodeFromUtf8(name, out var rune, out int used) == System.Buffers.OperationStatus.Done;
            text.Append(valid && IsPrintable(rune) ? rune.ToString() : "?");
            name = name[used..];
        }

        return text.ToString();
    }

    /// <summary>The same for text that is decoded already.</summary>
    public static string Of(string name) => Of(Encoding.UTF8.GetBytes(name));

    private static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
