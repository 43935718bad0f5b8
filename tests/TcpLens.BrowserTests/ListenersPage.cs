using System.Text.RegularExpressions;
using Microsoft.Playwright;
using TcpLens.Core.Model;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TcpLens.BrowserTests;

/// <summary>The page of the listening ports: real queues of the lab, with their limits and what is wrong with them.</summary>
public sealed class ListenersPage(Desk desk)
{
    private const string Row = ".listeners tbody tr";

    [Theory]
    [InlineData("en", "loopback only", "critical", "Accept queue of port {0}: 5 of 4")]
    [InlineData("zh", "仅环回", "严重", "端口 {0} 的 accept 队列：5/4")]
    public async Task A_full_accept_queue_stands_first_with_its_limit_and_its_finding(string language, string scope, string level, string finding)
    {
        await using var tab = await desk.Open(new Look(language, "dark", 1280));
        var (port, end) = desk.Host.ListenWithoutAccepting(backlog: 4, clients: 5);
        using (end)
        {
            await tab.Visit("/listeners");
            var row = RowOf(tab, port);
            await Expect(row.Locator(".of-accept .of")).ToHaveTextAsync("5 / 4 125 %");
            await Expect(row.Locator(".of-half .of")).ToHaveTextAsync("0 / 4 0 %");
            await Expect(row.Locator(".of-scope b")).ToHaveTextAsync(scope);
            await Expect(row.Locator(".of-scope small")).ToHaveTextAsync("IPv4");
            await Expect(row.Locator(".state-count[data-state=established]")).ToHaveTextAsync("ESTABLISHED 5");
            await Expect(row.Locator(".port-owner")).ToHaveAttributeAsync("title", new Regex("TcpLens.BrowserTests", RegexOptions.None, TimeSpan.FromSeconds(1)), new() { Timeout = 30_000 });
            await Eventually.Equal($"{port}", () => tab.Find(Row).First.Locator("th a").InnerTextAsync());
            await Expect(row.Locator(".finding-link")).ToContainTextAsync(string.Format(finding, port), new() { Timeout = 30_000 });
            await Expect(row.Locator(".finding-link b")).ToHaveTextAsync(level);
            await row.Locator(".finding-link").ClickAsync();
            Assert.Equal("/findings", tab.Where);
            await tab.Page.GoBackAsync();
            await RowOf(tab, port).Locator(".state-count[data-state=established]").ClickAsync();
            Assert.Equal($"/connections?filter=lport:{port}+state:established", tab.Where);
            await Expect(tab.Find(".groups .matched")).ToHaveTextAsync(new Regex("^5 ", RegexOptions.None, TimeSpan.FromSeconds(1)));
        }

        tab.NothingWentWrong();
    }

    [Fact]
    public async Task The_half_open_of_the_lab_stand_against_the_limit_of_their_listener()
    {
        await using var tab = await desk.Open();
        await tab.Visit("/listeners?sort=half");
        long half = desk.Host[TcpState.SynRecv];
        await Eventually.Equal(half, async () => (await tab.Find($"{Row} .of-half .of span").AllInnerTextsAsync()).Sum(text => long.Parse(text.Split(" / ")[0])));
        await Eventually.Equal(true, async () => int.Parse((await tab.Find($"{Row} .of-half .of span").First.InnerTextAsync()).Split(" / ")[0]) > 0);
        tab.NothingWentWrong();
    }

    [Fact]
    public async Task What_listeners_lost_is_told_with_its_rate()
    {
        await using var tab = await desk.Open();
        await tab.Visit("/listeners");
        await Expect(tab.Find(".drop")).ToHaveCountAsync(4);
        await Expect(tab.Find(".drop[data-series='counter.ListenOverflows'] .count")).ToHaveTextAsync("0/s");
        var (port, end) = desk.Host.ListenWithoutAccepting(backlog: 1, clients: 2);
        using (end)
        {
            // A SYN that finds no place is sent again and again: the drops last longer than a report.
            using var late = desk.Host.Lab.Run(() => new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.InterNetwork, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp));
            var never = desk.Host.Lab.Run(() => late.ConnectAsync(System.Net.IPAddress.Loopback, port));
            await Expect(tab.Find(".drop[data-series='counter.ListenOverflows']")).ToHaveClassAsync(new Regex("is-some", RegexOptions.None, TimeSpan.FromSeconds(1)), new() { Timeout = 30_000 });
            late.Close();
            await Assert.ThrowsAnyAsync<System.Net.Sockets.SocketException>(() => never);
        }

        tab.NothingWentWrong();
    }

    [Fact]
    public async Task Ports_are_searched_and_sorted_and_the_address_says_how()
    {
        await using var tab = await desk.Open();
        await tab.Visit("/listeners");
        int port = desk.Monitor.Port;
        await tab.Press("/");
        await Expect(tab.Find("#port-search")).ToBeFocusedAsync();
        await tab.Find("#port-search").FillAsync($"loopback {port}");
        await Expect(tab.Find(Row)).ToHaveCountAsync(1);
        Assert.Equal($"/listeners?search=loopback+{port}", tab.Where);
        await tab.Find("#port-search").FillAsync("nothing");
        await Expect(tab.Find(".card .empty")).ToHaveTextAsync("No port matches the search.");
        await tab.Find("#port-search").FillAsync("");

        await tab.Find("th button").GetByText("Port", new() { Exact = true }).ClickAsync();
        Assert.Equal("/listeners?sort=port", tab.Where);
        await Eventually.Equal(true, async () => (await Ports(tab)) is var now && now.Length > 3 && now.SequenceEqual(now.Order()));
        await Expect(tab.Find("th[aria-sort]")).ToHaveAttributeAsync("aria-sort", "ascending");
        await tab.Find("th button").GetByText("Port", new() { Exact = true }).ClickAsync();
        await Eventually.Equal(true, async () => (await Ports(tab)) is var now && now.SequenceEqual(now.OrderDescending()));

        await using var other = await desk.Open();
        await other.Visit(tab.Where);
        await Eventually.Equal(await Ports(tab), () => Ports(other));
        tab.NothingWentWrong();
    }

    [Fact]
    public async Task Two_hundred_ports_are_written_in_place_and_the_rest_is_counted()
    {
        await using var tab = await desk.Open();
        await tab.Visit("/listeners");
        // The first report may still have the listeners of the test before.
        string clock = await tab.Find(".live-clock").InnerTextAsync();
        await Expect(tab.Find(".live-clock")).Not.ToHaveTextAsync(clock);
        int before = await tab.Find(Row).CountAsync();
        using (desk.Host.Listen(250))
        {
            await Expect(tab.Find(Row)).ToHaveCountAsync(200);
            await Expect(tab.Find("section:has(.listeners) > .step").First).ToHaveTextAsync($"{before + 250 - 200} more ports are counted and not listed.");
            const string Mark = "() => document.querySelectorAll('.listeners tbody tr').forEach(one => { one.mine = true; })";
            const string Kept = "() => [...document.querySelectorAll('.listeners tbody tr')].filter(one => one.mine).length";
            await tab.Run<object?>(Mark);
            clock = await tab.Find(".live-clock").InnerTextAsync();
            await Expect(tab.Find(".live-clock")).Not.ToHaveTextAsync(clock);
            Assert.Equal(200, await tab.Run<int>(Kept));
        }

        await Expect(tab.Find(Row)).ToHaveCountAsync(before);
        tab.NothingWentWrong();
    }

    [Fact]
    public async Task Without_findings_the_queues_are_shown_and_the_failure_is_said()
    {
        await using var tab = await desk.Open();
        await tab.Page.RouteAsync("**/api/v1/findings", route => route.FulfillAsync(new() { Status = 503, ContentType = "application/json", Body = """{"error":{"code":"unavailable","message":{"en":"Not now.","zh":"现在不行。"}}}""" }));
        await tab.Visit("/listeners");
        await Expect(tab.Find(".notice")).ToContainTextAsync("Not now.");
        await Expect(RowOf(tab, desk.Monitor.Port)).ToHaveCountAsync(1);
        await tab.Page.UnrouteAllAsync();
        await tab.Find(".notice button").ClickAsync();
        await Expect(tab.Find(".notice")).ToHaveCountAsync(0);
        tab.NothingWentWrong("503 (Service Unavailable)");
    }

    private static ILocator RowOf(Tab tab, int port) => tab.Find($"{Row}:has(th a:text-is('{port}'))");

    private static async Task<int[]> Ports(Tab tab) => [.. (await tab.Find($"{Row} th a").AllInnerTextsAsync()).Select(int.Parse)];
}
