using TcpLens.Core.Model;
using TcpLens.TestKit;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TcpLens.BrowserTests;

/// <summary>The heat map of owners and states: the lab's numbers in it, and every word that an answer may say of an owner.</summary>
public sealed class OwnersPage(Desk desk)
{
    private static readonly TcpState[] s_ofTheLab = [TcpState.SynSent, TcpState.SynRecv, TcpState.FinWait1, TcpState.FinWait2, TcpState.CloseWait, TcpState.LastAck, TcpState.Closing, TcpState.Close];

    [Fact]
    public async Task The_columns_together_are_what_the_lab_holds()
    {
        await using var tab = await desk.Open();
        foreach (string by in (string[])["remote_net", "netns"])
        {
            await tab.Visit($"/owners?by={by}&limit=200");
            await tab.Find(".heat tbody tr").First.WaitForAsync();
            foreach (var state in s_ofTheLab)
                Assert.Equal(desk.Host[state], (await Column(tab, state)).Sum());
        }

        tab.NothingWentWrong();
    }

    [Fact]
    public async Task A_number_leads_to_its_connections_and_arrows_go_from_cell_to_cell()
    {
        await using var tab = await desk.Open();
        await tab.Visit("/owners?by=netns");
        await tab.Find(".heat tbody tr").First.WaitForAsync();
        Assert.Equal(1, await tab.Find(".heat a[tabindex='0']").CountAsync());
        await tab.Find(".heat a[tabindex='0']").FocusAsync();
        await tab.Press("ArrowRight");
        await tab.Press("End");
        await tab.Press("ArrowLeft");
        await tab.Press("ArrowRight");
        Assert.Equal(1, await tab.Find(".heat a[tabindex='0']").CountAsync());
        Assert.Contains("CLOSE:", await tab.Run<string>("() => document.activeElement.title"), StringComparison.Ordinal);
        await tab.Press("Enter");
        Assert.EndsWith("+state:close", tab.Where, StringComparison.Ordinal);
        await Expect(tab.Find(".groups .matched")).ToHaveTextAsync($"{desk.Host[TcpState.Close]} sockets match");
        tab.NothingWentWrong();
    }

    /// <summary>The lab's sockets are this process's.</summary>
    [Fact]
    public async Task The_process_that_holds_the_lab_has_its_sockets()
    {
        await using var tab = await desk.Open();
        await tab.Visit("/owners?by=process&limit=200");
        var row = tab.Find($".heat tbody tr:has(.owner-name:text('({Environment.ProcessId})'))");
        await Expect(row.Locator(".owner-detail")).ToContainTextAsync("TcpLens.BrowserTests");
        foreach (var state in (TcpState[])[TcpState.SynSent, TcpState.CloseWait, TcpState.Close])
            await Expect(row.Locator($"td:nth-child({Place(state)}) span")).ToHaveTextAsync($"{desk.Host[state]}", new() { Timeout = 30_000 });
        await row.Locator($"td:nth-child({Place(TcpState.CloseWait)}) a").ClickAsync();
        Assert.EndsWith($"({Environment.ProcessId})+state:close_wait", Uri.UnescapeDataString(tab.Where), StringComparison.Ordinal);
        await Expect(tab.Find(".groups .matched")).ToHaveTextAsync($"{desk.Host[TcpState.CloseWait]} sockets match");
        await tab.Find(".rows button.primary").ClickAsync();
        await Expect(tab.Find(".sockets tbody tr").First).ToContainTextAsync($"{Environment.ProcessId}");
        tab.NothingWentWrong();
    }

    [Theory]
    [InlineData("en", "light", 1280)]
    [InlineData("zh", "dark", 1280)]
    [InlineData("en", "dark", 390)]
    [InlineData("zh", "light", 390)]
    public async Task Owners_are_told_with_their_certainty_their_ages_and_what_is_missing(string language, string theme, int width)
    {
        await using var tab = await desk.Open(new Look(language, theme, width));
        await Answer(tab);
        await tab.Visit("/owners");
        var rows = tab.Find(".heat tbody tr");
        await Expect(rows).ToHaveCountAsync(5);
        string[] marks = language == "zh" ? ["混合", "持有", "按 cgroup", "按监听者", "曾属"] : ["mixed", "held", "by cgroup", "by listener", "remembered"];
        Assert.Equal(marks, await tab.Find(".heat tbody .mark").AllInnerTextsAsync());
        await Expect(tab.Find(".marks dt")).ToHaveCountAsync(5);
        var leak = rows.Nth(1);
        await Expect(leak.Locator("td").Nth(9)).ToHaveTextAsync(language == "zh" ? "412 3 小时" : "412 3 h");
        await Expect(leak.Locator("td").Nth(9).Locator("a")).ToHaveAttributeAsync("href", "/connections?filter=service:order-service.service+state:close_wait");
        await Expect(tab.Find(".heat tfoot .other .number")).ToHaveTextAsync("1,000");
        await Expect(tab.Find(".heat tfoot .unknown .number")).ToHaveTextAsync("4,000");
        await Expect(tab.Find(".unknown-reason")).ToContainTextAsync("CAP_SYS_PTRACE");
        Assert.InRange(await tab.Run<int>("() => document.documentElement.scrollWidth"), 1, width);
        // The largest of a column is coloured the most, and nothing has no colour at all.
        Assert.True(await Heat(tab, 1, 9) > await Heat(tab, 0, 9));
        Assert.Equal(0, await Heat(tab, 1, 2));
        await tab.Page.ScreenshotAsync(new() { FullPage = true, Path = RepositoryRoot.Of("artifacts", "browser", $"service.{language}.{theme}.{width}.png") });
        tab.NothingWentWrong();
    }

    [Fact]
    public async Task A_refusal_is_said_and_the_last_numbers_stay_until_the_next_answer()
    {
        await using var tab = await desk.Open();
        await tab.Visit("/owners?by=netns");
        await tab.Find(".heat tbody tr").First.WaitForAsync();
        await tab.Page.RouteAsync("**/api/v1/connections/groups*", route => route.FulfillAsync(new() { Status = 503, ContentType = "application/json", Body = """{"error":{"code":"too_many","message":{"en":"Too many questions.","zh":"请求过多。"}}}""" }));
        await Expect(tab.Find(".notice")).ToContainTextAsync("Too many questions.", new() { Timeout = 30_000 });
        Assert.True(await tab.Find(".heat tbody tr").First.IsVisibleAsync());
        await tab.Page.UnrouteAllAsync();
        await tab.Find(".notice button").ClickAsync();
        await Expect(tab.Find(".notice")).ToHaveCountAsync(0);
        tab.NothingWentWrong("503 (Service Unavailable)");
    }

    /// <summary>The answer of a host with services.</summary>
    private static async Task Answer(Tab tab)
    {
        string answer = await File.ReadAllTextAsync(RepositoryRoot.Of("web", "test", "owners.json"), TestContext.Current.CancellationToken);
        await tab.Page.RouteAsync("**/api/v1/connections/groups?by=service*", route => route.FulfillAsync(new() { ContentType = "application/json", Body = answer }));
    }

    private static async Task<IEnumerable<long>> Column(Tab tab, TcpState state)
    {
        return (await tab.Find($".heat tbody td:nth-child({Place(state)}) span").AllInnerTextsAsync()).Select(text => long.Parse(text, System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture));
    }

    private static int Place(TcpState state) => 3 + TcpStates.All.Select(info => info.State).ToList().IndexOf(state);

    private static async Task<double> Heat(Tab tab, int row, int cell) =>
        double.Parse((await tab.Run<string>("([row, cell]) => document.querySelectorAll('.heat tbody tr')[row].querySelectorAll('td')[cell].style.getPropertyValue('--heat')", new[] { row, cell })).TrimEnd('%'), System.Globalization.CultureInfo.InvariantCulture);
}
