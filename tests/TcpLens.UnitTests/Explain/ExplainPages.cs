using System.Text.RegularExpressions;
using TcpLens.Core.Explain;
using TcpLens.Core.Model;
using TcpLens.Core.Text;
using TcpLens.Outputs.Terminal;
using TcpLens.Outputs.Terminal.Explain;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.UnitTests.Explain;

/// <summary>What every page of <c>tcplens explain</c> must have, in both languages.</summary>
public sealed class ExplainPages
{
    private const int Width = 80;
    private const int LongestPage = 50;

    private static readonly HostValues s_host = HostValues.Read(setting => setting.Key switch
    {
        "tcp_max_syn_backlog" => "2048",
        "tcp_max_orphans" or "tcp_max_tw_buckets" => "131072",
        _ => setting.Default.English,
    });

    private static readonly Regex s_ansiSequence = Pattern(@"\e\[[0-9;]*m");
    private static readonly Regex s_hanCharacter = Pattern(@"\p{IsCJKUnifiedIdeographs}");
    private static readonly Regex s_asciiPunctuationInChinese = Pattern(@"\p{IsCJKUnifiedIdeographs}[,;:!?.()""]|[,;:!?(""]\p{IsCJKUnifiedIdeographs}");
    private static readonly Regex s_spaceAtFullWidthPunctuation = Pattern(@" [，。；：、）]|[，。；：、（] ");
    private static readonly Regex s_hanTouchingLatin = Pattern(@"\p{IsCJKUnifiedIdeographs}[A-Za-z0-9{]|[A-Za-z0-9}]\p{IsCJKUnifiedIdeographs}");
    private static readonly Regex s_placeholder = Pattern(@"\{\w+\}");

    public static TheoryData<string, Language> StatesInBothLanguages()
    {
        var data = new TheoryData<string, Language>();
        foreach (var info in TcpStates.All)
        {
            data.Add(info.Name, Language.English);
            data.Add(info.Name, Language.Chinese);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(StatesInBothLanguages))]
    public void A_page_reads_as_committed(string state, Language language) =>
        Golden.Match($"{state}.{Suffix(language)}", View(language).Page(PageOf(state)));

    [Theory]
    [InlineData(Language.English)]
    [InlineData(Language.Chinese)]
    public void The_overview_reads_as_committed(Language language) => Golden.Match($"overview.{Suffix(language)}", View(language).Overview());

    [Theory]
    [MemberData(nameof(StatesInBothLanguages))]
    public void No_line_is_wider_than_the_terminal_whether_values_are_known_or_not(string state, Language language)
    {
        foreach (int width in new[] { 80, 120 })
        {
            AssertFits(new ExplainView(s_host, language, width, new Style(false)).Page(PageOf(state)), width);
            AssertFits(new ExplainView(HostValues.Unknown, language, width, new Style(false)).Page(PageOf(state)), width);
        }

        AssertFits(View(language).Overview(), Width);
    }

    [Theory]
    [MemberData(nameof(StatesInBothLanguages))]
    public void A_page_fits_the_patience_of_a_tired_reader(string state, Language language) =>
        Assert.InRange(View(language).Page(PageOf(state)).Count(character => character == '\n'), 20, LongestPage);

    [Theory]
    [MemberData(nameof(StatesInBothLanguages))]
    public void Colour_changes_nothing_but_colour(string state, Language language)
    {
        string inked = new ExplainView(s_host, language, Width, new Style(true)).Page(PageOf(state));
        Assert.Contains("\e[1;38;2;", inked, StringComparison.Ordinal);
        Assert.Equal(View(language).Page(PageOf(state)), s_ansiSequence.Replace(inked, ""));
    }

    [Theory]
    [MemberData(nameof(StatesInBothLanguages))]
    public void Commands_and_addresses_are_never_broken(string state, Language language)
    {
        var page = PageOf(state);
        string[] lines = View(language).Page(page).Split('\n');
        var addresses = page.Sources.Where(source => !source.Contains(' ', StringComparison.Ordinal));
        foreach (string whole in page.LookNext.Select(hint => hint.Command).Concat(addresses))
            Assert.Contains(lines, line => line.Contains(whole, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_state_has_one_page_with_every_part_in_both_languages()
    {
        Assert.Equal(TcpStates.All.Select(info => info.State), StatePages.All.Select(page => page.State));
        foreach (var page in StatePages.All)
        {
            Assert.All(PhrasesOf(page), phrase =>
            {
                Assert.False(string.IsNullOrWhiteSpace(phrase.English));
                Assert.False(string.IsNullOrWhiteSpace(phrase.Chinese));
            });
            Assert.NotEmpty(page.OftenSaid);
            Assert.Equal($"tcplens list 'state:{page.State.Info().Name}'", page.LookNext[0].Command);
            Assert.Contains(page.Sources, source => source.StartsWith("RFC 9293", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void English_has_no_Han_characters_and_Chinese_has_its_own_punctuation()
    {
        foreach (var phrase in StatePages.All.SelectMany(PhrasesOf))
        {
            Assert.DoesNotMatch(s_hanCharacter, phrase.English);
            Assert.Matches(s_hanCharacter, phrase.Chinese);
            Assert.DoesNotMatch(s_asciiPunctuationInChinese, phrase.Chinese);
            Assert.DoesNotMatch(s_spaceAtFullWidthPunctuation, phrase.Chinese);
            Assert.DoesNotMatch(s_hanTouchingLatin, phrase.Chinese);
        }
    }

    [Fact]
    public void Both_languages_name_the_same_settings_and_states()
    {
        foreach (var phrase in StatePages.All.SelectMany(PhrasesOf))
        {
            Assert.Equal(
                s_placeholder.Matches(phrase.English).Select(match => match.Value).Order(StringComparer.Ordinal),
                s_placeholder.Matches(phrase.Chinese).Select(match => match.Value).Order(StringComparer.Ordinal));
        }
    }

    private static IEnumerable<Phrase> PhrasesOf(StatePage page) =>
    [
        page.WhatItIs, page.Entered, page.Left, page.Peer, page.Lasts, page.ManyMean, page.ManyDoNotMean,
        .. page.LookNext.Select(hint => hint.Tells),
        .. page.OftenSaid.SelectMany(correction => new[] { correction.Said, correction.Fact }),
    ];

    private static void AssertFits(string text, int width) =>
        Assert.All(text.Split('\n'), line => Assert.True(TextLayout.Width(line) <= width, $"{TextLayout.Width(line)} columns: {line}"));

    private static ExplainView View(Language language) => new(s_host, language, Width, new Style(false));

    private static StatePage PageOf(string state) =>
        TcpStates.TryParse(state, out var info) ? StatePages.For(info.State) : throw new ArgumentException("no such state", nameof(state));

    private static string Suffix(Language language) => language == Language.Chinese ? "zh" : "en";

    private static Regex Pattern(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
