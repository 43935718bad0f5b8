using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TcpLens.BrowserTests;

/// <summary>A monitor with a token lets in who knows it.</summary>
public sealed class Login(Desk desk)
{
    private const string Token = "a-token-of-thirty-two-characters!";

    [Fact]
    public async Task The_right_token_opens_the_page_that_was_wanted_until_the_logout()
    {
        await using var _ = await desk.Open();
        string file = desk.File("token");
        await File.WriteAllTextAsync(file, Token + "\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var guarded = await desk.Another(more: ["--token-file", file]);
        await using var tab = await desk.Open(monitor: guarded);

        await tab.Page.GotoAsync("/machine/time_wait?range=1h");
        Assert.Equal("/login?next=%2Fmachine%2Ftime_wait%3Frange%3D1h", tab.Where);
        await Expect(tab.Find("#token")).ToBeFocusedAsync();
        await tab.Page.Keyboard.TypeAsync("not it");
        await tab.Press("Enter");
        await Expect(tab.Find("[role=alert]")).ToHaveTextAsync("This is not the token.");
        Assert.Empty(await tab.Page.Context.CookiesAsync());

        await tab.Find("#token").FillAsync(Token);
        await tab.Press("Enter");
        await Expect(tab.Find(".state-name")).ToContainTextAsync("TIME_WAIT");
        Assert.Equal("/machine/time_wait?range=1h", tab.Where);
        var cookie = Assert.Single(await tab.Page.Context.CookiesAsync());
        Assert.Equal(("tcplens", true, SameSiteAttribute.Strict, false), (cookie.Name, cookie.HttpOnly, cookie.SameSite, cookie.Secure));
        Assert.DoesNotContain(Token, cookie.Value, StringComparison.Ordinal);

        await tab.Page.SetViewportSizeAsync(390, 844);
        Assert.InRange(await tab.Run<int>("() => document.documentElement.scrollWidth"), 1, 390);
        await tab.Find("#logout").ClickAsync();
        await Expect(tab.Find("#token")).ToBeVisibleAsync();
        Assert.Empty(await tab.Page.Context.CookiesAsync());
        await tab.Page.GotoAsync("/");
        Assert.StartsWith("/login", tab.Where, StringComparison.Ordinal);
    }

    /// <summary>The session ended while the page was open, as after a change of the token.</summary>
    [Fact]
    public async Task An_open_page_whose_session_ended_leads_to_the_login_and_back()
    {
        await using var _ = await desk.Open();
        string file = desk.File("token-of-page");
        await File.WriteAllTextAsync(file, Token + "\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var guarded = await desk.Another(more: ["--token-file", file]);
        await using var tab = await desk.Open(monitor: guarded);
        await tab.Page.GotoAsync("/login?next=/connections");
        await tab.Find("#token").FillAsync(Token);
        await tab.Press("Enter");
        await Expect(tab.Find(".counts")).ToBeVisibleAsync();
        await tab.Page.Context.ClearCookiesAsync();
        await tab.Find("#group-by").SelectOptionAsync("family");
        await Expect(tab.Find("#token")).ToBeVisibleAsync();
        await tab.Find("#token").FillAsync(Token);
        await tab.Press("Enter");
        await Expect(tab.Find("#group-by")).ToHaveValueAsync("family");
    }
}
