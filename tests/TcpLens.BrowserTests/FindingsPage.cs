using System.Text.RegularExpressions;
using TcpLens.Core.Diagnosis;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TcpLens.BrowserTests;

/// <summary>The page of findings: the lab's namespace has SYN cookies off and peers that do not answer, and the page says so.</summary>
public sealed class FindingsPage(Desk desk)
{
    private static readonly string[] s_expected = ["tcp_syncookies", "syn_sent_silent"];

    [Fact]
    public async Task What_is_wrong_with_the_lab_is_told_with_cause_and_command_in_both_languages()
    {
        await using var tab = await desk.Open();
        await tab.Visit("/findings");
        foreach (string rule in s_expected)
            await Expect(tab.Find($".finding:has(.finding-source:text('{rule}'))")).ToHaveCountAsync(1, new() { Timeout = 60_000 });
        var cookies = tab.Find(".finding:has(.finding-source:text('tcp_syncookies'))");
        await Expect(cookies.Locator(".commands code")).ToHaveTextAsync("sysctl -w net.ipv4.tcp_syncookies=1");
        await Expect(cookies.Locator(".finding-sentence")).ToContainTextAsync("SYN cookies are off");
        // What is open stands in the timeline too.
        await Expect(tab.Find(".timeline-line").First).ToBeVisibleAsync();
        await tab.Press("l");
        await Expect(cookies.Locator(".finding-sentence")).ToContainTextAsync("SYN cookie 已关闭");
        tab.NothingWentWrong();
    }

    [Fact]
    public async Task Every_check_is_listed_with_its_result()
    {
        await using var tab = await desk.Open();
        await tab.Visit("/findings");
        await Expect(tab.Find(".checks tbody tr")).ToHaveCountAsync(RuleTable.All.Length);
        await Expect(tab.Find(".checks tr:has-text('accept queues') td").First).ToHaveTextAsync(new Regex("fine|found", RegexOptions.None, TimeSpan.FromSeconds(1)));
        tab.NothingWentWrong();
    }
}
