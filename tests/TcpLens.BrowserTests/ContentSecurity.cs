using Xunit;

namespace TcpLens.BrowserTests;

/// <summary>What a stranger's words would try, were they to get into the page: the browser itself refuses.</summary>
public sealed class ContentSecurity(Desk desk)
{
    [Theory]
    [InlineData("script-src", "() => { const one = document.createElement('script'); one.textContent = 'window.wasRun = true'; document.body.append(one); }")]
    [InlineData("script-src", "() => { const one = document.createElement('script'); one.src = 'http://192.0.2.1/x.js'; document.body.append(one); }")]
    [InlineData("script-src", "() => { const one = document.createElement('button'); one.setAttribute('onclick', 'window.wasRun = true'); document.body.append(one); one.click(); }")]
    [InlineData("style-src", "() => { const one = document.createElement('style'); one.textContent = 'body { display: none }'; document.head.append(one); }")]
    [InlineData("style-src", "() => { document.body.setAttribute('style', 'display: none'); }")]
    [InlineData("connect-src", "() => { fetch('http://192.0.2.1/').catch(() => undefined); }")]
    [InlineData("img-src", "() => { new Image().src = 'http://192.0.2.1/x.png'; }")]
    [InlineData("frame-src", "() => { const one = document.createElement('iframe'); one.src = '/'; document.body.append(one); }")]
    [InlineData("form-action", "() => { const one = document.createElement('form'); one.action = 'http://192.0.2.1/'; document.body.append(one); one.submit(); }")]
    [InlineData("base-uri", "() => { const one = document.createElement('base'); one.href = 'http://192.0.2.1/'; document.head.append(one); }")]
    public async Task The_browser_refuses_what_does_not_come_from_the_monitor(string directive, string attempt)
    {
        await using var tab = await desk.Open();
        await tab.Visit("/");
        await tab.Run<object?>("() => { window.refused = []; document.addEventListener('securitypolicyviolation', event => window.refused.push(event.effectiveDirective)); }");
        await tab.Run<object?>(attempt);
        await Eventually.Equal(true, async () => (await tab.Run<string[]>("() => window.refused")).Any(one => one.StartsWith(directive, StringComparison.Ordinal)));
        Assert.False(await tab.Run<bool>("() => window.wasRun === true"));
        Assert.True(await tab.Find("main").IsVisibleAsync());
    }

    [Fact]
    public async Task The_page_says_so_in_its_header()
    {
        await using var tab = await desk.Open();
        var answer = (await tab.Page.GotoAsync("/connections"))!;
        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
            answer.Headers["content-security-policy"]);
        Assert.Equal(("nosniff", "same-origin"), (answer.Headers["x-content-type-options"], answer.Headers["referrer-policy"]));
    }
}
