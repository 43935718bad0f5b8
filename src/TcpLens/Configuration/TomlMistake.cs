using System.Collections.Immutable;
using TcpLens.Core.Text;

namespace TcpLens.Configuration;

/// <summary>
/// The parser's message of a mistake in our words. Its own repeat what stands in the file, where it may be a secret, and are English.
/// </summary>
/// <param name="Sign">What the parser's message holds.</param>
/// <param name="Words">What we say.</param>
/// <param name="HidesRest">Whether what follows in the file cannot be judged.</param>
internal sealed record TomlMistake(string Sign, Phrase Words, bool HidesRest = false)
{
    private static readonly TomlMistake s_other = new("", new("this is not TOML", "不符合 TOML 语法"));

    /// <summary>The first whose sign the message holds.</summary>
    private static readonly ImmutableArray<TomlMistake> s_known =
    [
        new("newline in a string", new("a text without its closing quotation mark", "字符串缺少右引号"), HidesRest: true),
        new("Invalid End-Of-File", new("a text without its closing quotation mark", "字符串缺少右引号"), HidesRest: true),
        new("(token: `closebracket`)", new("a heading without its closing bracket", "节标题缺少右方括号"), HidesRest: true),
        new("for an array", new("a list without its closing bracket above, or without a comma", "上面的列表缺少右方括号，或缺少逗号"), HidesRest: true),
        new("inline table", new("a table in braces without its closing brace, or without a comma", "花括号中的表缺少右花括号，或缺少逗号"), HidesRest: true),
        new("for a base key", new("the name between the brackets is missing", "方括号中缺少名称")),
        new("while expecting token `newline`", new("one setting per line, and texts such as \"1s\" between quotation marks", "每行一个设置，\"1s\" 这样的文本须加引号")),
        new("while expecting a value", new("the value behind '=' is missing", "“=”后面缺少值")),
        new("for a value", new("no value of TOML: texts such as \"own\" stand between quotation marks, true and false do not", "不是 TOML 的值：\"own\" 这样的文本须加引号，true 和 false 不加")),
        new("Expecting `=`", new("'=' is missing behind the name", "名称后面缺少“=”")),
        new("escape character", new("a backslash begins an escape: write two of them", "反斜杠是转义符：请写两个")),
        new("Unable to parse integer", new("this number is too large", "数字过大")),
    ];

    /// <summary>Whether the message is one that we have words of our own for.</summary>
    public bool IsKnown => Sign.Length > 0;

    /// <summary>What the parser means.</summary>
    public static TomlMistake Of(string message) => s_known.FirstOrDefault(one => message.Contains(one.Sign, StringComparison.Ordinal)) ?? s_other;
}
