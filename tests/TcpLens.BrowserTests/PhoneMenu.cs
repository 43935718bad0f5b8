using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TcpLens.BrowserTests;

/// <summary>On a phone there is no room for all pages: the name of the present one opens the others.</summary>
public sealed class PhoneMenu(Desk desk)
{
    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public async Task The_menu_names_the_page_and_leads_to_all_others(string language)
    {
        await using var tab = await desk.Open(new Look(language, "light", 390));
        await tab.Visit("/");
        var menu = tab.Find("#menu");
        foreach (string address in (string[])["/machine", "/listeners", "/destinations", "/owners", "/connections", "/findings", "/"])
        {
            await Expect(tab.Find("nav")).ToBeHiddenAsync();
            await menu.ClickAsync();
            var link = tab.Find($"nav a[href='{address}']");
            string name = await link.InnerTextAsync();
            Assert.True((await link.BoundingBoxAsync())!.Height >= 36);
            await link.ClickAsync();
            Assert.Equal(address, tab.Where);
            await Expect(menu).ToHaveTextAsync(name);
        }

        await menu.ClickAsync();
        await tab.Press("Escape");
        await Expect(tab.Find("nav")).ToBeHiddenAsync();
        await Expect(menu).ToBeFocusedAsync();
        await menu.ClickAsync();
        await tab.Find("main").ClickAsync(new() { Position = new() { X = 5, Y = 500 } });
        await Expect(menu).ToHaveAttributeAsync("aria-expanded", "false");
        tab.NothingWentWrong();
    }
}
