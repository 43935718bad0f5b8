using System.Collections.Concurrent;
using Microsoft.Playwright;
using Xunit;

namespace TcpLens.BrowserTests;

/// <summary>One page of the browser, which notes everything that went wrong in it.</summary>
internal sealed class Tab : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _troubles = [];
    private readonly string _home;

    private Tab(IPage page, string home)
    {
        Page = page;
        _home = home;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                _troubles.Enqueue($"console: {message.Text} {message.Location}");
        };
        page.PageError += (_, error) => _troubles.Enqueue("error of the page: " + error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(home + "/", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                _troubles.Enqueue("asked another host: " + request.Url);
        };
    }

    public IPage Page { get; }

    public static async Task<Tab> Open(IBrowser browser, string home, Look look)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = home,
            Locale = look.Language == "zh" ? "zh-CN" : "en-GB",
            TimezoneId = "UTC",
            ColorScheme = look.Theme == "dark" ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new() { Width = look.Width, Height = look.Width < 600 ? 844 : 900 },
            AcceptDownloads = true,
        });
        context.SetDefaultTimeout(15_000);
        context.SetDefaultNavigationTimeout(15_000);
        return new Tab(await context.NewPageAsync(), home);
    }

    /// <summary>Opens an address of the monitor and waits until there is something to see.</summary>
    public async Task Visit(string path)
    {
        await Page.GotoAsync(path);
        await Page.Locator("main > *:not(.waiting)").First.WaitForAsync();
    }

    public ILocator Find(string selector) => Page.Locator(selector);

    /// <summary>Path and query of the address.</summary>
    public string Where => Page.Url[_home.Length..];

    public Task<T> Run<T>(string script, object? argument = null) => Page.EvaluateAsync<T>(script, argument);

    public Task Press(string key) => Page.Keyboard.PressAsync(key);

    /// <summary>The numbers of the eleven states as they stand on the tiles (<c>.tile</c>) or the diagram that is seen (<c>.node</c>).</summary>
    public async Task<SortedDictionary<string, string>> Counts(string selector)
    {
        var found = await Run<string[]>(
            "selector => [...document.querySelectorAll(selector)].filter(one => one.getClientRects().length > 0).map(one => one.dataset.state + ' ' + one.querySelector('.count').textContent)",
            selector);
        return new(found.ToDictionary(line => line.Split(' ')[0], line => line.Split(' ')[1], StringComparer.Ordinal), StringComparer.Ordinal);
    }

    /// <summary>What the browser itself gets from an address of the monitor.</summary>
    public Task<string> Ask(string path) => Run<string>("path => fetch(path).then(answer => answer.text())", path);

    /// <summary>Fails when anything went wrong since it was last asked, but for what contains <paramref name="but"/>.</summary>
    public void NothingWentWrong(string? but = null)
    {
        string[] troubles = [.. _troubles.Where(trouble => but is null || !trouble.Contains(but, StringComparison.Ordinal))];
        _troubles.Clear();
        Assert.Empty(troubles);
    }

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();
}
