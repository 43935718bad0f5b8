using System.Text.RegularExpressions;
using Microsoft.Playwright;
using TcpLens.Core.Model;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TcpLens.BrowserTests;

/// <summary>Old numbers must not look like new ones.</summary>
public sealed class StaleNumbers(Desk desk)
{
    /// <summary>Ten seconds of silence are allowed, and a report has to come.</summary>
    private static readonly LocatorAssertionsToHaveClassOptions s_patiently = new() { Timeout = 30_000 };

    private static readonly Regex s_stale = new("stale", RegexOptions.None, TimeSpan.FromSeconds(1));

    /// <summary>One monitor stands still and another is killed at the same time, because both have to be waited for.</summary>
    [Fact]
    public async Task A_silent_monitor_is_plainly_marked_until_it_speaks_again()
    {
        string history = desk.File("restarted.db");
        await using var _ = await desk.Open();
        var sleeping = await desk.Another();
        var killed = await desk.Another(history);
        await using var asleep = await desk.Open(monitor: sleeping);
        await using var dead = await desk.Open(monitor: killed);
        await asleep.Visit("/");
        await dead.Visit("/");
        await Expect(dead.Find(".banner")).ToBeHiddenAsync();
        sleeping.StandStill();
        killed.Kill();

        foreach (var tab in (Tab[])[asleep, dead])
        {
            await Expect(tab.Find("html")).ToHaveClassAsync(s_stale, s_patiently);
            await Expect(tab.Find(".banner")).ToBeVisibleAsync();
            await Expect(tab.Find(".banner")).ToContainTextAsync("No report since");
            await Expect(tab.Find(".live")).ToContainTextAsync("stale");
        }

        sleeping.Continue();
        await desk.Another(history, killed.Port);
        foreach (var tab in (Tab[])[asleep, dead])
        {
            await Expect(tab.Find("html")).Not.ToHaveClassAsync(s_stale, s_patiently);
            await Expect(tab.Find(".banner")).ToBeHiddenAsync();
            await Eventually.Equal($"{desk.Host[TcpState.CloseWait]}", async () => (await tab.Counts(".tile"))["close_wait"]);
        }

        await HistoryHasBothRuns(dead);
    }

    private static async Task HistoryHasBothRuns(Tab tab)
    {
        await Eventually.Equal(2, () => tab.Find(".events li .kind").GetByText("monitor started").CountAsync());
        const string Points = """
            () => fetch('/api/v1/history?series=sockets.close_wait&from=-5m&points=300').then(answer => answer.json()).then(history => {
              const second = Date.parse(history.annotations.filter(one => one.kind === 'started').at(-1).time);
              const known = history.times.filter((_, i) => history.series['sockets.close_wait'].avg[i] !== null);
              return [known.filter(time => time < second).length > 0, known.filter(time => time >= second).length > 0];
            })
            """;
        await Eventually.Equal<bool[]>([true, true], () => tab.Run<bool[]>(Points));
    }
}
