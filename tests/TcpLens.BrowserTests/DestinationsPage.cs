using Microsoft.Playwright;
using TcpLens.Core.Model;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TcpLens.BrowserTests;

/// <summary>The page of the destinations: a server that takes most of the lab's local ports.</summary>
public sealed class DestinationsPage(Desk desk)
{
    private const int Ports = 1000;

    [Theory]
    [InlineData("en", "blocked for 60 s", "may be taken over", "warning", "tcp_tw_reuse is 0 here")]
    [InlineData("zh", "占用 60 秒", "可复用", "警告", "本机 tcp_tw_reuse 为 0")]
    public async Task A_busy_destination_shows_its_ports_and_what_of_them_may_be_taken_over(string language, string blocked, string reusable, string level, string setting)
    {
        await using var tab = await desk.Open(new Look(language, "light", 1280));
        using var range = desk.Host.Set("ip_local_port_range", $"40000\t{40000 + Ports - 1}");
        using var reuse = desk.Host.Set("tcp_tw_reuse", "0");
        var (port, end) = desk.Host.Call(open: 650, ended: 200);
        using (end)
        {
            await tab.Visit("/destinations");
            var row = RowOf(tab, $"127.0.0.1:{port}");
            var patiently = new LocatorAssertionsToHaveTextOptions { Timeout = 30_000 };
            await Expect(row.Locator(".of-used .of")).ToHaveTextAsync("850 / 1,000 85 %", patiently);
            await Expect(row.Locator(".of-time_wait a")).ToHaveTextAsync("200");
            await Expect(row.Locator(".of-time_wait small")).ToHaveTextAsync(blocked, patiently);
            await Expect(row.Locator(".of-syn_sent a")).ToHaveTextAsync("0");
            await Expect(row.Locator(".finding-link b")).ToHaveTextAsync(level, patiently);
            await Expect(tab.Find(".explanation-card")).ToContainTextAsync(setting);
            Assert.Equal("65%, 20%, 0%", await row.Locator(".parts-bar").EvaluateAsync<string>("bar => [...bar.children].map(part => part.style.getPropertyValue('--share')).join(', ')"));
            // For the second half minute the page has seen enough to tell of change: there is none.
            await Expect(row.Locator(".of-trend span")).Not.ToHaveTextAsync(language == "zh" ? "观察中…" : "watching…", new() { Timeout = 60_000 });

            using var again = desk.Host.Set("tcp_tw_reuse", "1");
            await Expect(row.Locator(".of-time_wait small")).ToHaveTextAsync(reusable, patiently);
            Assert.Equal("65%, 0%, 20%", await row.Locator(".parts-bar").EvaluateAsync<string>("bar => [...bar.children].map(part => part.style.getPropertyValue('--share')).join(', ')"));

            await row.Locator("th a").ClickAsync();
            Assert.Equal($"/connections?filter=local:127.0.0.1+remote:127.0.0.1+rport:{port}", tab.Where);
            await Expect(tab.Find(".counts tr:has-text('ESTABLISHED') td").First).ToHaveTextAsync("650");
        }

        tab.NothingWentWrong();
    }

    [Fact]
    public async Task Connections_that_nobody_answers_stand_at_their_destination()
    {
        await using var tab = await desk.Open();
        await tab.Visit("/destinations");
        var opening = desk.Host.Lab.Expected[TcpState.SynSent]!.Value;
        await Eventually.Equal(opening.Total, async () => (await tab.Find(".destinations .of-syn_sent a").AllInnerTextsAsync()).Sum(long.Parse));
        var row = RowOf(tab, "10.1.0.1:443");
        await Expect(row.Locator(".of-syn_sent a")).ToHaveTextAsync($"{opening.Ipv4 + opening.V4Mapped}");
        await row.Locator(".of-syn_sent a").ClickAsync();
        Assert.Equal("/connections?filter=local:10.0.0.1+remote:10.1.0.1+rport:443+state:syn_sent", tab.Where);
        await Expect(tab.Find(".groups .matched")).ToHaveTextAsync($"{opening.Ipv4 + opening.V4Mapped} sockets match");
        tab.NothingWentWrong();
    }

    private static ILocator RowOf(Tab tab, string destination) => tab.Find($".destinations tbody tr:has(th a:text-is('{destination}'))");
}
