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
    private const int NarrowestText = 60;

    /// <summary>Lines longer than this are hard to read, however wide the terminal is.</summary>
    private const int WidestText = 100;

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
    public int Columns => Around.Columns() is > 0 and int columns ? columns : DefaultColumns;

    /// <summary>Columns to lay out sentences for.</summary>
    public int TextColumns => Math.Clamp(Columns, NarrowestText, WidestText);

    public static Session Of(ParseResult parsed, Surroundings around) =>
        new(around, LanguageOf(parsed, around), new Style(ColourOf(GlobalOptions.Colour.TypedIn(parsed), around)));

    /// <summary>The language of the environment: that of messages, as the C library finds it.</summary>
    public static Language LanguageOf(Surroundings around)
    {
        string? locale = s_localeVariables.Select(around.Environment).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        return locale?.StartsWith("zh", StringComparison.OrdinalIgnoreCase) == true ? Language.Chinese : Language.English;
    }

    /// <summary>The language that the command line asks for, else that of the environment.</summary>
    /// <exception cref="UsageException">It is none that there is.</exception>
    public static Language LanguageOf(ParseResult parsed, Surroundings around) => GlobalOptions.Language.TypedIn(parsed) switch
    {
        null => LanguageOf(around),
        "en" => Language.English,
        "zh" => Language.Chinese,
        var other => throw UsageException.Unknown(new Phrase("language", "语言"), other, GlobalOptions.Language.Values),
    };

    public void Print(string text) => Around.Output.Write(Encoding.UTF8.GetBytes(text));

    public void Print(ReadOnlySpan<byte> text) => Around.Output.Write(text);

    /// <summary>Hands a writer of bytes to <paramref name="write"/> and prints what it wrote.</summary>
    public void Print(Action<IBufferWriter<byte>> write)
    {
        var bytes = new ArrayBufferWriter<byte>(4096);
        write(bytes);
        Around.Output.Write(bytes.WrittenSpan);
    }

    public void PrintError(Phrase words) => Around.Complain(words.In(Language));

    public static SourceChoice SourceOf(ParseResult parsed) => parsed.GetValue(GlobalOptions.Source) switch
    {
        null or "auto" => SourceChoice.Auto,
        "bpf" => SourceChoice.Bpf,
        "netlink" => SourceChoice.Netlink,
        "proc" => SourceChoice.Proc,
        var other => throw UsageException.Unknown(new Phrase("source", "数据源"), other, GlobalOptions.Source.Values),
    };

    private static bool ColourOf(string? asked, Surroundings around) => asked switch
    {
        "always" => true,
        "never" => false,
        null or "auto" => around.IsTerminal && string.IsNullOrEmpty(around.Environment("NO_COLOR")) && around.Environment("TERM") != "dumb",
        _ => throw UsageException.Unknown(new Phrase("choice of colour", "颜色选项"), asked, GlobalOptions.Colour.Values),
    };
}
