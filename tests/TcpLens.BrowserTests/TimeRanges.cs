using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TcpLens.BrowserTests;

/// <summary>The stretch of time that the charts show.</summary>
public sealed class TimeRanges(Desk desk)
{
    [Fact]
    public async Task Every_range_has_a_button_and_an_address()
    {
        await using var tab = await desk.Open();
        await tab.Visit("/");
        var asked = new List<string>();
        tab.Page.Request += (_, request) => asked.Add(request.Url);
        foreach (var (name, address) in ((string, string)[])[("5 min", "/?range=5m"), ("1 h", "/?range=1h"), ("6 h", "/?range=6h"), ("24 h", "/?range=24h"), ("7 d", "/?range=7d"), ("30 d", "/?range=30d"), ("1 year", "/?range=1y"), ("15 min", "/")])
        {
            var button = tab.Find(".segments button").GetByText(name, new() { Exact = true });
            await button.ClickAsync();
            Assert.Equal(address, tab.Where);
            await Expect(tab.Find(".segments button[aria-pressed=true]")).ToHaveTextAsync(name);
        }

        Assert.True(asked.Count(url => url.Contains("/api/v1/history?", StringComparison.Ordinal)) >= 8, string.Join('\n', asked));
        tab.NothingWentWrong();
    }

    [Fact]
    public async Task Dragging_over_a_chart_zooms_in_and_a_double_click_goes_back()
    {
        await using var tab = await desk.Open();
        await tab.Visit("/?range=5m");
        var plot = tab.Find(".u-over").First;
        await plot.ScrollIntoViewIfNeededAsync();
        var box = (await plot.BoundingBoxAsync())!;
        var mouse = tab.Page.Mouse;
        await mouse.MoveAsync(box.X + (box.Width * 0.4f), box.Y + 50);
        await mouse.DownAsync();
        await mouse.MoveAsync(box.X + (box.Width * 0.6f), box.Y + 50, new() { Steps = 4 });
        await mouse.UpAsync();
        await Eventually.Equal(true, () => Task.FromResult(tab.Where.StartsWith("/?range=2", StringComparison.Ordinal) && tab.Where.Contains("..", StringComparison.Ordinal)));
        string[] ends = tab.Where["/?range=".Length..].Split("..");
        Assert.InRange((DateTimeOffset.Parse(ends[1]) - DateTimeOffset.Parse(ends[0])).TotalSeconds, 55, 65);
        await Expect(tab.Find(".range-bar .where")).ToBeVisibleAsync();

        await using var other = await desk.Open();
        await other.Visit(tab.Where);
        Assert.Equal(await tab.Find(".range-bar .where").InnerTextAsync(), await other.Find(".range-bar .where").InnerTextAsync());

        await mouse.DblClickAsync(box.X + (box.Width * 0.5f), box.Y + 50);
        await Eventually.Equal("/?range=5m", () => Task.FromResult(tab.Where));
        tab.NothingWentWrong();
    }

    [Fact]
    public async Task Keys_zoom_and_move_in_time()
    {
        await using var tab = await desk.Open();
        await tab.Visit("/");
        foreach (var (key, address) in ((string, string)[])[("]", "/?range=1h"), ("[", "/"), ("[", "/?range=5m"), ("r", "/"), ("-", "/?range=30m"), ("+", "/"), ("+", "/?range=450s")])
        {
            await tab.Press(key);
            Assert.Equal(address, tab.Where);
        }

        await tab.Press("ArrowLeft");
        Assert.Contains("..", tab.Where, StringComparison.Ordinal);
        await tab.Press("Backspace");
        await Eventually.Equal("/?range=450s", () => Task.FromResult(tab.Where));
        tab.NothingWentWrong();
    }
}
