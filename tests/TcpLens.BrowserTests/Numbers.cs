using TcpLens.Core.Model;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TcpLens.BrowserTests;

/// <summary>The lab's numbers are those of the page, and stay so.</summary>
public sealed class Numbers(Desk desk)
{
    [Fact]
    public async Task All_eleven_states_of_the_lab_stand_on_tiles_and_diagram()
    {
        await using var tab = await desk.Open();
        await tab.Visit("/");
        await Eventually.Equal(desk.Host.Expected, () => tab.Counts(".tile"));
        await Eventually.Equal(desk.Host.Expected, () => tab.Counts(".node"));
        var shown = await tab.Counts(".tile");
        Assert.Equal(11, shown.Count);
        // Nobody but the lab has sockets in these, so that nothing but the lab's own number is right.
        foreach (var state in (TcpState[])[TcpState.SynSent, TcpState.SynRecv, TcpState.FinWait1, TcpState.FinWait2, TcpState.CloseWait, TcpState.LastAck, TcpState.Closing, TcpState.Close])
            Assert.Equal($"{desk.Host[state]}", shown[state.Info().Name]);
        tab.NothingWentWrong();
    }

    [Fact]
    public async Task A_state_in_full_shows_the_families_of_the_lab()
    {
        await using var tab = await desk.Open();
        await tab.Visit("/machine/close_wait");
        var held = desk.Host.Lab.Expected[TcpState.CloseWait]!.Value;
        await Eventually.Equal($"{held.Total}", () => tab.Find(".state-head .count").InnerTextAsync());
        await Eventually.Equal($"IPv4 {held.Ipv4} · IPv6 {held.Ipv6}, of these {held.V4Mapped} carry IPv4", () => tab.Find(".state-head .families").InnerTextAsync());
        // The monitor sees it age from its first look on.
        await Expect(tab.Find(".state-head .oldest")).ToContainTextAsync("the oldest at least", new() { Timeout = 30_000 });
    }

    [Fact]
    public async Task Numbers_follow_sockets_that_come_and_go_without_a_reload()
    {
        await using var tab = await desk.Open();
        await tab.Visit("/");
        await Eventually.Equal(desk.Host.Expected, () => tab.Counts(".tile"));
        int before = int.Parse((await tab.Counts(".tile"))["listen"]);
        using (desk.Host.Listen(40))
        {
            await Eventually.Equal($"{before + 40}", async () => (await tab.Counts(".tile"))["listen"]);
            await Eventually.Equal($"{before + 40}", async () => (await tab.Counts(".node"))["listen"]);
        }

        await Eventually.Equal($"{before}", async () => (await tab.Counts(".tile"))["listen"]);
        tab.NothingWentWrong();
    }
}
