using System.Text.Json;
using System.Text.Json.Nodes;
using TcpLens.Core.Model;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TcpLens.BrowserTests;

/// <summary>The page of the connections: what it shows is what the API says of the lab.</summary>
public sealed class Connections(Desk desk)
{
    [Fact]
    public async Task A_filter_counts_what_the_lab_holds_and_rows_come_on_demand()
    {
        await using var tab = await desk.Open();
        await tab.Visit("/connections");
        await tab.Find("#filter").FillAsync("state:close_wait");
        await tab.Press("Enter");
        await Expect(tab.Find(".groups .matched")).ToHaveTextAsync($"{desk.Host[TcpState.CloseWait]} sockets match");
        Assert.Equal("/connections?filter=state:close_wait", tab.Where);
        await Expect(tab.Find(".sockets")).ToHaveCountAsync(0);

        await tab.Find("#group-by").SelectOptionAsync("remote_address");
        await Expect(tab.Find(".counts thead th").First).ToHaveTextAsync("Remote address");
        await tab.Find(".rows button.primary").ClickAsync();
        await Expect(tab.Find(".sockets tbody tr")).ToHaveCountAsync((int)desk.Host[TcpState.CloseWait]);
        Assert.All(await tab.Find(".sockets tbody tr td:first-child").AllInnerTextsAsync(), state => Assert.Equal("CLOSE_WAIT", state));

        await tab.Find("#sort-by").SelectOptionAsync("lport");
        await Expect(tab.Find(".connections-page")).ToHaveAttributeAsync("aria-busy", "false");
        await Eventually.Equal(true, async () => IsRising(await Ports(tab)));
        await tab.Find("#reverse").CheckAsync();
        await Eventually.Equal(true, async () => IsRising((await Ports(tab)).Reverse()));
        Assert.Equal("/connections?filter=state:close_wait&group=remote_address&rows=1&sort=lport&reverse=1", tab.Where);
        tab.NothingWentWrong();
    }

    [Fact]
    public async Task The_address_of_a_view_shows_the_same_view_to_others()
    {
        const string View = "/connections?filter=state:fin_wait2,closing+!family:v6&group=remote_net24&rows=1&sort=lport&reverse=1&limit=250";
        await using var first = await desk.Open();
        await first.Visit(View);
        await using var second = await desk.Open();
        await second.Visit(View);
        string[] parts = [".counts", ".sockets tbody tr td:nth-child(-n+3)"];
        foreach (string part in parts)
        {
            await first.Find(part).First.WaitForAsync();
            Assert.Equal(await first.Find(part).AllInnerTextsAsync(), await Texts(second, part));
        }

        Assert.Equal("state:fin_wait2,closing !family:v6", await second.Find("#filter").InputValueAsync());
        Assert.Equal(("remote_net24", "lport", "250"), (await second.Find("#group-by").InputValueAsync(), await second.Find("#sort-by").InputValueAsync(), await second.Find("#limit").InputValueAsync()));
        Assert.True(await second.Find("#reverse").IsCheckedAsync());
        second.NothingWentWrong();
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public async Task A_wrong_filter_shows_the_place_and_the_words_of_the_server(string language)
    {
        await using var tab = await desk.Open(new Look(language, "light", 1440));
        await tab.Visit("/connections?filter=port:443+state:clos_wait");
        var shown = tab.Find(".filter-error");
        await Expect(shown).ToBeVisibleAsync();
        using var answer = JsonDocument.Parse(await tab.Ask("/api/v1/connections?filter=port:443+state:clos_wait"));
        string said = answer.RootElement.GetProperty("error").GetProperty("message").GetProperty(language).GetString()!;
        Assert.Equal(said, await shown.TextContentAsync());
        string[] lines = said.Split('\n');
        Assert.Equal("port:443 state:clos_wait", lines[0]);
        // Under the wrong word, column by column: white space stands as it is, in letters of one width.
        Assert.Equal(lines[0].IndexOf("clos_wait", StringComparison.Ordinal), lines[1].IndexOf('^', StringComparison.Ordinal));
        Assert.StartsWith("pre", await tab.Run<string>("() => getComputedStyle(document.querySelector('.filter-error')).whiteSpace"), StringComparison.Ordinal);
        Assert.Contains("mono", await tab.Run<string>("() => getComputedStyle(document.querySelector('.filter-error')).fontFamily"), StringComparison.Ordinal);
        await Expect(tab.Find(".counts")).ToHaveCountAsync(0);

        await tab.Find("#filter").FillAsync("port:443 state:close_wait");
        await tab.Press("Enter");
        await Expect(shown).ToBeHiddenAsync();
        await Expect(tab.Find(".counts")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Downloads_are_what_the_api_says()
    {
        await using var tab = await desk.Open();
        await tab.Visit("/connections?filter=state:close_wait&rows=1&sort=lport");
        string csv = await Download(tab, ".links a >> nth=0", "tcplens-connections.csv");
        Assert.Equal(await tab.Ask("/api/v1/connections?filter=state:close_wait&sort=lport&format=csv"), csv);
        Assert.Equal(1 + desk.Host[TcpState.CloseWait], csv.Count(one => one == '\n'));

        string json = await Download(tab, ".links a >> nth=1", "tcplens-connections.json");
        Assert.Equal(WithoutAges(await tab.Ask("/api/v1/connections?filter=state:close_wait&sort=lport")), WithoutAges(json));
        tab.NothingWentWrong();
    }

    // They go on between the two questions.
    private static string WithoutAges(string answer)
    {
        var connections = JsonNode.Parse(answer)!["connections"]!.AsArray();
        Assert.All(connections, connection => Assert.True(connection!.AsObject().Remove("state_seconds")));
        return connections.ToJsonString();
    }

    private static async Task<string> Download(Tab tab, string link, string name)
    {
        var download = await tab.Page.RunAndWaitForDownloadAsync(() => tab.Find(link).ClickAsync());
        Assert.Equal(name, download.SuggestedFilename);
        return await File.ReadAllTextAsync((await download.PathAsync())!, TestContext.Current.CancellationToken);
    }

    private static async Task<IReadOnlyList<string>> Texts(Tab tab, string selector)
    {
        await tab.Find(selector).First.WaitForAsync();
        return await tab.Find(selector).AllInnerTextsAsync();
    }

    private static async Task<int[]> Ports(Tab tab) =>
        [.. (await tab.Find(".sockets tbody tr td:nth-child(2)").AllInnerTextsAsync()).Select(local => int.Parse(local.Split(':')[^1]))];

    private static bool IsRising(IEnumerable<int> ports) => ports.Zip(ports.Skip(1)).All(pair => pair.First <= pair.Second);
}
