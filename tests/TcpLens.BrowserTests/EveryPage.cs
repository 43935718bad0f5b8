using TcpLens.TestKit;
using Xunit;

namespace TcpLens.BrowserTests;

/// <summary>Each page in each language, theme and width, with a picture for the eye in <c>artifacts/browser</c>.</summary>
public sealed class EveryPage(Desk desk)
{
    private static readonly (string Name, string Path, string Sight)[] s_pages =
    [
        ("overview", "/", ".history .chart"),
        ("machine", "/machine", ".machine-card .node:visible"),
        ("state", "/machine/time_wait", ".explanation .chapter"),
        ("connections", "/connections", ".counts tbody tr"),
        ("filtered", "/connections?filter=state:close_wait,time_wait&group=remote_address&rows=1&sort=lport", ".sockets tbody tr"),
        ("findings", "/findings", ".checks tbody tr"),
        ("listeners", "/listeners", ".listeners tbody tr"),
        ("destinations", "/destinations", ".destinations tbody tr"),
        ("owners", "/owners", ".heat tbody tr"),
        ("wrong", "/connections?filter=state:clos_wait", ".filter-error:not([hidden])"),
        ("login", "/login?next=/machine", "#token"),
        ("unknown", "/nowhere", "main .hint"),
    ];

    public static TheoryData<string, string, string, int> Views()
    {
        var views = new TheoryData<string, string, string, int>();
        foreach (var look in Look.All)
        {
            foreach (var (name, _, _) in s_pages)
                views.Add(name, look.Language, look.Theme, look.Width);
        }

        return views;
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task A_page_is_whole_in_every_look(string page, string language, string theme, int width)
    {
        var look = new Look(language, theme, width);
        var (_, path, sight) = s_pages.First(one => one.Name == page);
        var tab = await desk.Reuse(look);
        await tab.Page.GotoAsync(path);
        await tab.Find(sight).First.WaitForAsync();

        Assert.Equal(language == "zh" ? "zh-CN" : "en", await tab.Run<string>("() => document.documentElement.lang"));
        Assert.Equal(theme == "dark", await tab.Run<bool>("() => { const grounds = [document.body, document.documentElement].map(one => getComputedStyle(one).backgroundColor.match(/[\\d.]+/g)); const [red] = grounds.find(ground => ground[3] !== '0'); return red < 128; }"));
        Assert.InRange(await tab.Run<int>("() => document.documentElement.scrollWidth"), 1, width);
        if (page is "overview")
            await Eventually.Equal(desk.Host.Expected, () => tab.Counts(".tile"));
        if (page is "overview" or "machine" or "state")
            await Eventually.Equal(desk.Host.Expected, () => tab.Counts(".node"));
        await KeepPicture(tab, $"{page}.{look}");
        // The browser notes itself that an answer was a refusal.
        tab.NothingWentWrong(page == "wrong" ? "400 (Bad Request)" : null);
    }

    private static async Task KeepPicture(Tab tab, string name)
    {
        // A chart is drawn when it comes into sight.
        foreach (var chart in await tab.Find(".chart").AllAsync())
        {
            await chart.ScrollIntoViewIfNeededAsync();
            await chart.Locator("canvas").WaitForAsync();
        }

        await tab.Run<object?>("() => scrollTo(0, 0)");
        await tab.Page.ScreenshotAsync(new() { FullPage = true, Path = RepositoryRoot.Of("artifacts", "browser", name + ".png") });
    }
}
