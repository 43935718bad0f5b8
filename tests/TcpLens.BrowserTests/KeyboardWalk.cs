using System.Text.RegularExpressions;
using TcpLens.Core.Model;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TcpLens.BrowserTests;

/// <summary>Everything without a mouse.</summary>
public sealed class KeyboardWalk(Desk desk)
{
    /// <summary>What has the focus, in one word, and whether one can see that it has it.</summary>
    private const string Focused = """
        () => {
          const one = document.activeElement;
          const style = getComputedStyle(one);
          const isSeen = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || one.matches('.skip') || one.querySelector('rect') !== null;
          const name = one.dataset.state ? (one.closest('svg') ? 'node ' : 'tile ') + one.dataset.state
            : one.closest('nav') ? 'nav ' + one.getAttribute('href')
            : one.closest('.segments') ? 'range ' + one.textContent
            : one.matches('.skip') ? 'skip' : one.id ? '#' + one.id : one.closest('.chart') ? 'chart' : one.tagName.toLowerCase();
          return isSeen || one === document.body ? name : name + ' unseen';
        }
        """;

    [Fact]
    public async Task Tab_reaches_everything_in_the_order_in_which_it_is_read()
    {
        await using var tab = await desk.Open();
        await tab.Visit("/");
        await tab.Find(".history canvas").First.WaitForAsync();
        var walk = new List<string>();
        for (int i = 0; i < 120 && (walk.Count == 0 || walk[^1] != "body"); i++)
        {
            await tab.Press("Tab");
            walk.Add(await tab.Run<string>(Focused));
        }

        Assert.DoesNotContain(walk, one => one.EndsWith("unseen", StringComparison.Ordinal));
        var states = TcpStates.All.Select(info => info.Name);
        string[] expected =
        [
            "skip", "a", "nav /", "nav /machine", "nav /listeners", "nav /destinations", "nav /owners", "nav /connections", "nav /findings", "#language", "#theme", "#help",
            .. states.Select(state => "tile " + state), .. states.Select(state => "node " + state),
            .. ((string[])["5 min", "15 min", "1 h", "6 h", "24 h", "7 d", "30 d", "1 year"]).Select(range => "range " + range), "chart",
        ];
        var known = expected.ToHashSet(StringComparer.Ordinal);
        Assert.Empty(known.Except(walk, StringComparer.Ordinal));
        Assert.Equal(string.Join(", ", expected[..(12 + 11)]), string.Join(", ", walk.Take(12 + 11)));
    }

    [Fact]
    public async Task The_first_tab_offers_to_skip_to_the_content()
    {
        await using var tab = await desk.Open();
        await tab.Visit("/");
        await tab.Press("Tab");
        await Expect(tab.Find(".skip")).ToBeInViewportAsync();
        await tab.Press("Enter");
        await Expect(tab.Find("#content")).ToBeFocusedAsync();
        await tab.Press("Tab");
        Assert.Equal("tile listen", await tab.Run<string>(Focused));
    }

    [Fact]
    public async Task Enter_on_a_state_opens_it_and_reads_its_name()
    {
        await using var tab = await desk.Open();
        await tab.Visit("/");
        await tab.Find(".node[data-state=close_wait]:visible").FocusAsync();
        await tab.Press("Enter");
        await Expect(tab.Page).ToHaveURLAsync(OfState("close_wait"));
        await Expect(tab.Find(".state-name")).ToHaveTextAsync(new Regex("^CLOSE_WAIT", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await tab.Find(".node[data-state=last_ack]:visible").FocusAsync();
        await tab.Press("Enter");
        await Expect(tab.Page).ToHaveURLAsync(OfState("last_ack"));
        await Expect(tab.Find(".state-name")).ToBeFocusedAsync();
        await Expect(tab.Find(".node[data-state=last_ack]:visible")).ToHaveAttributeAsync("aria-current", "true");
        await tab.Page.GoBackAsync();
        await Expect(tab.Find(".state-name")).ToContainTextAsync("CLOSE_WAIT");
        tab.NothingWentWrong();
    }

    [Fact]
    public async Task Single_keys_go_to_pages_and_switch_language_and_colours()
    {
        await using var tab = await desk.Open();
        await tab.Visit("/");
        foreach (var (key, address) in ((string, string)[])[("2", "/machine"), ("3", "/listeners"), ("4", "/destinations"), ("5", "/owners"), ("6", "/connections"), ("7", "/findings")])
        {
            await tab.Press(key);
            Assert.Equal(address, tab.Where);
        }

        await tab.Press("1");
        Assert.Equal("/", tab.Where);
        await tab.Press("l");
        await Expect(tab.Find("html")).ToHaveAttributeAsync("lang", "zh-CN");
        await Expect(tab.Find("nav a").First).ToHaveTextAsync(new Regex("概览|总览", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await tab.Press("t");
        await Expect(tab.Find("html")).ToHaveAttributeAsync("data-theme", "dark");
        // Both choices outlive the page.
        await tab.Visit("/machine");
        await Expect(tab.Find("html")).ToHaveAttributeAsync("lang", "zh-CN");
        await Expect(tab.Find("html")).ToHaveAttributeAsync("data-theme", "dark");
        await tab.Press("?");
        await Expect(tab.Find("dialog[open]")).ToBeVisibleAsync();
        await tab.Press("Escape");
        await Expect(tab.Find("dialog")).ToHaveCountAsync(0);
        await tab.Press("/");
        await Expect(tab.Find("#filter")).ToBeFocusedAsync();
        tab.NothingWentWrong();
    }

    private static Regex OfState(string state) => new($"/machine/{state}$", RegexOptions.None, TimeSpan.FromSeconds(1));
}
