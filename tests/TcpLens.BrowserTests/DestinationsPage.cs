using System.Text.Json.Nodes;
using Microsoft.Playwright;
using TcpLens.Core.Model;
using TcpLens.Core.Owners;
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
            // The test itself; the monitor looks at owners every ten seconds.
            await Expect(row.Locator(".of-owners")).ToContainTextAsync($"({Environment.ProcessId})", new() { Timeout = 30_000 });
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

    /// <summary>As a monitor tells it that may not see the descriptors of others.</summary>
    [Theory]
    [InlineData("en", "Owner not known", "needs CAP_SYS_PTRACE")]
    [InlineData("zh", "所有者未知", "需要 CAP_SYS_PTRACE")]
    public async Task Where_nobody_is_known_to_connect_it_says_why(string language, string unknown, string reason)
    {
        await using var tab = await desk.Open(new Look(language, "light", 390));
        await tab.Visit("/destinations");
        var report = JsonNode.Parse(await tab.Ask("/api/v1/report"))!;
        foreach (var destination in report["destinations"]!.AsArray())
            destination!["owners"] = new JsonArray();
        var why = new OwnerGap(100, 40, 0, 12, false).Reason!.Value;
        report["destinations_unowned"] = new JsonObject { ["en"] = why.English, ["zh"] = why.Chinese };
        await tab.Page.RouteAsync("**/api/v1/stream", route => route.FulfillAsync(new() { ContentType = "text/event-stream", Body = $"id: 1\nevent: report\ndata: {report.ToJsonString()}\n\n" }));
        await tab.Visit("/destinations");
        await Expect(tab.Find(".destinations .of-owners").First).ToContainTextAsync(unknown);
        await Expect(tab.Find(".unowned")).ToContainTextAsync(reason);
        tab.NothingWentWrong();
    }

    private static ILocator RowOf(Tab tab, string destination) => tab.Find($".destinations tbody tr:has(th a:text-is('{destination}'))");
}
