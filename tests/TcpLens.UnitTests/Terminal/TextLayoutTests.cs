using CsCheck;
using TcpLens.Outputs.Terminal;
using Xunit;

namespace TcpLens.UnitTests.Terminal;

public sealed class TextLayoutTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("LISTEN", 6)]
    [InlineData("监听", 4)]
    [InlineData("终止等待1", 9)]
    [InlineData("，。", 4)]
    [InlineData("█▏─│→▼…", 7)]
    [InlineData("e\u0301", 1)]
    [InlineData("𠀀", 2)]
    public void A_character_takes_the_columns_of_a_terminal(string text, int columns) => Assert.Equal(columns, TextLayout.Width(text));

    [Fact]
    public void Padding_counts_columns_not_characters()
    {
        Assert.Equal("监听  |", TextLayout.PadRight("监听", 6) + "|");
        Assert.Equal("  监听", TextLayout.PadLeft("监听", 6));
        Assert.Equal("监听", TextLayout.PadRight("监听", 3));
    }

    [Theory]
    [InlineData("监听端口", 8, "监听端口")]
    [InlineData("监听端口", 7, "监听端…")]
    [InlineData("监听端口", 6, "监听…")]
    [InlineData("listen", 4, "lis…")]
    [InlineData("listen", 0, "")]
    public void Truncation_never_splits_a_wide_character(string text, int width, string expected) =>
        Assert.Equal(expected, TextLayout.Truncate(text, width));

    [Theory]
    [InlineData("one two three", 7, "one two|three")]
    [InlineData("one  two", 4, "one|two")]
    [InlineData("a\nb", 10, "a|b")]
    [InlineData("abcdefgh", 3, "abc|def|gh")]
    [InlineData("", 10, "")]
    public void English_breaks_at_spaces(string text, int width, string lines) => Assert.Equal(lines, string.Join('|', TextLayout.Wrap(text, width)));

    [Theory]
    [InlineData("连接已经关闭", 8, "连接已经|关闭")]
    [InlineData("连接已经，关闭", 8, "连接已|经，关闭")]
    [InlineData("连接已（关闭）", 8, "连接已|（关闭）")]
    [InlineData("连接已“关闭”了", 8, "连接已|“关闭”了")]
    [InlineData("状态FIN_WAIT2是", 10, "状态|FIN_WAIT2|是")]
    public void Chinese_breaks_between_characters_but_not_around_punctuation(string text, int width, string lines) =>
        Assert.Equal(lines, string.Join('|', TextLayout.Wrap(text, width)));

    [Fact]
    public void No_line_is_wider_than_asked_and_nothing_but_spaces_is_lost() =>
        Gen.Select(Gen.Char["ab 中，（）。“”x1"].Array[0, 80], Gen.Int[2, 30]).Sample((characters, width) =>
        {
            string text = new(characters);
            var lines = TextLayout.Wrap(text, width);
            Assert.All(lines, line => Assert.InRange(TextLayout.Width(line), 0, width));
            Assert.Equal(text.Replace(" ", "", StringComparison.Ordinal), string.Concat(lines).Replace(" ", "", StringComparison.Ordinal));
        });
}
