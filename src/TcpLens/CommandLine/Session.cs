using System.Buffers;
using System.CommandLine;
using System.Text;
using TcpLens.Core.Text;
using TcpLens.Linux.Reading;
using TcpLens.Outputs.Terminal;

namespace TcpLens.CommandLine;

/// <summary>One run of a command: its surroundings, and the language, colour and width that were asked for.</summary>
internal sealed class Session
{
    private const int DefaultColumns = 80;
    private static readonly string[] s_localeVariables = ["LC_ALL", "LC_MESSAGES", "LANG"];

    private Session(Surroundings around, Language language, Style style)
    {
        Around = around;
        Language = language;
        Style = style;
    }

    public Surroundings Around { get; }

    public Language Language { get; }

    public Style Style { get; }

    /// <summary>Columns to lay out for; 80 where nobody says.</summary>
    public int Columns => Around.Columns > 0 ? Around.Columns : DefaultColumns;

    public static Session Of(ParseResult parsed, Surroundings around) =>
        new(around, LanguageOf(parsed.GetValue(GlobalOptions.Language), around), new Style(ColourOf(parsed.GetValue(GlobalOptions.Colour), around)));

    /// <summary>The language of the environment: that of messages, as the C library finds it.</summary>
    public static Language LanguageOf(Surroundings around)
    {
        string? locale = s_localeVariables.Select(around.Environment).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        return locale?.StartsWith("zh", StringComparison.OrdinalIgnoreCase) == true ? Language.Chinese : Language.English;
    }

    public void Print(string text) => Write(around => around.Output, text);

    public void Print(ReadOnlySpan<byte> text) => Around.Output.Write(text);

    /// <summary>Hands a writer of bytes to <paramref name="write"/> and prints what it wrote.</summary>
    public void Print(Action<IBufferWriter<byte>> write)
    {
        var bytes = new ArrayBufferWriter<byte>(4096);
        write(bytes);
        Around.Output.Write(bytes.WrittenSpan);
    }

    public void PrintError(Phrase words) => Write(around => around.Error, $"tcplens: {words.In(Language)}\n");

    public static SourceChoice SourceOf(ParseResult parsed) => parsed.GetValue(GlobalOptions.Source) switch
    {
        null or "auto" => SourceChoice.Auto,
        "netlink" => SourceChoice.Netlink,
        "proc" => SourceChoice.Proc,
        var other => throw UsageException.Unknown(new Phrase("source", "数据源"), other, GlobalOptions.Source.Values),
    };

    private void Write(Func<Surroundings, Stream> stream, string text) => stream(Around).Write(Encoding.UTF8.GetBytes(text));

    private static Language LanguageOf(string? asked, Surroundings around) => asked switch
    {
        null => LanguageOf(around),
        "en" => Language.English,
        "zh" => Language.Chinese,
        _ => throw UsageException.Unknown(new Phrase("language", "语言"), asked, GlobalOptions.Language.Values),
    };

    private static bool ColourOf(string? asked, Surroundings around) => asked switch
    {
        "always" => true,
        "never" => false,
        null or "auto" => around.IsTerminal && string.IsNullOrEmpty(around.Environment("NO_COLOR")) && around.Environment("TERM") != "dumb",
        _ => throw UsageException.Unknown(new Phrase("choice of colour", "颜色选项"), asked, GlobalOptions.Colour.Values),
    };
}
