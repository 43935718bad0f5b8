using System.Net;
using System.Text;
using TcpLens.Outputs.Web;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.UnitTests.Web;

/// <summary>Who gets in, and how.</summary>
public sealed class Access
{
    private static readonly (string, string) s_bearer = ("Authorization", "Bearer " + WebRun.Token);

    [Theory]
    [InlineData("/api/v1/report")]
    [InlineData("/api/v1/stream")]
    [InlineData("/metrics")]
    [InlineData("/assets/index-4f3a.js")]
    public async Task A_program_without_the_token_is_refused(string path)
    {
        await using var run = await WebRun.StartAsync(WebRun.WithToken);
        using var response = await run.Send(HttpMethod.Get, path, null);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Contains("\"unauthorized\"", await response.Content.ReadAsStringAsync(WebRun.End));
        Assert.Equal(HttpStatusCode.OK, await run.Status(path, s_bearer));
        Assert.Equal(HttpStatusCode.Unauthorized, await run.Status(path, ("Authorization", "Bearer " + WebRun.Token + "x")));
        Assert.Equal(HttpStatusCode.Unauthorized, await run.Status(path, ("Authorization", "Bearer")));
        Assert.Equal(HttpStatusCode.Unauthorized, await run.Status(path, ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("a:" + WebRun.Token)))));
    }

    [Fact]
    public async Task A_page_without_a_session_leads_to_the_login_and_back()
    {
        await using var run = await WebRun.StartAsync(WebRun.WithToken);
        using var page = await run.Send(HttpMethod.Get, "/connections?filter=port:443", null);
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        Assert.Equal("/login?next=%2Fconnections%3Ffilter%3Dport%3A443", page.Headers.Location!.OriginalString);

        using var login = await LogIn(run, WebRun.Token, "/connections?filter=port:443");
        Assert.Equal(HttpStatusCode.SeeOther, login.StatusCode);
        Assert.Equal("/connections?filter=port:443", login.Headers.Location!.OriginalString);
        string cookie = login.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie);
        Assert.Contains("samesite=strict", cookie);
        Assert.DoesNotContain("secure", cookie);
        Assert.DoesNotContain("correct", cookie);
        Assert.Equal(HttpStatusCode.OK, await run.Status("/api/v1/report", ("Cookie", Session(cookie))));
    }

    [Fact]
    public async Task A_session_survives_a_restart_and_ends_with_its_time_or_its_token()
    {
        string session;
        await using (var run = await WebRun.StartAsync(WebRun.WithToken))
        {
            using var login = await LogIn(run, WebRun.Token);
            session = Session(login.Headers.GetValues("Set-Cookie").Single());
        }

        await using var again = await WebRun.StartAsync(WebRun.WithToken);
        Assert.Equal(HttpStatusCode.OK, await again.Status("/api/v1/report", ("Cookie", session)));
        again.Clock.Now += AccessToken.SessionLife + TimeSpan.FromSeconds(1);
        Assert.Equal(HttpStatusCode.Unauthorized, await again.Status("/api/v1/report", ("Cookie", session)));

        await using var other = await WebRun.StartAsync(WebRun.Settings with { Token = Encoding.UTF8.GetBytes("another token altogether") });
        Assert.Equal(HttpStatusCode.Unauthorized, await other.Status("/api/v1/report", ("Cookie", session)));
    }

    [Theory]
    [InlineData("tcplens=")]
    [InlineData("tcplens=.")]
    [InlineData("tcplens=99999999999.")]
    [InlineData("tcplens=99999999999.AAAA")]
    [InlineData("tcplens=-1.AAAA")]
    [InlineData("tcplens=correct horse battery")]
    public async Task A_forged_session_is_worth_nothing(string cookie)
    {
        await using var run = await WebRun.StartAsync(WebRun.WithToken);
        Assert.Equal(HttpStatusCode.Unauthorized, await run.Status("/api/v1/report", ("Cookie", cookie)));
    }

    [Fact]
    public async Task A_session_of_a_longer_life_than_was_signed_is_worth_nothing()
    {
        await using var run = await WebRun.StartAsync(WebRun.WithToken);
        using var login = await LogIn(run, WebRun.Token);
        string session = Session(login.Headers.GetValues("Set-Cookie").Single());
        string longer = "tcplens=9" + session["tcplens=".Length..];
        Assert.Equal(HttpStatusCode.Unauthorized, await run.Status("/api/v1/report", ("Cookie", longer)));
    }

    [Fact]
    public async Task The_login_page_speaks_the_language_of_its_reader()
    {
        await using var run = await WebRun.StartAsync(WebRun.WithToken);
        Golden.Match("login.en.html", await run.Text("/login?next=/machine"));
        Golden.Match("login.zh.html", await run.Text("/login?lang=zh&next=/%22%3E%3Cscript%3E"));
        using var chinese = await run.Send(HttpMethod.Get, "/login", null, ("Accept-Language", "fr;q=0.3, zh-CN, en;q=0.8"));
        Assert.Contains("令牌", await chinese.Content.ReadAsStringAsync(WebRun.End));
        Assert.Contains("text/css", (await run.Send(HttpMethod.Get, "/login.css", null)).Content.Headers.ContentType!.ToString());
    }

    [Theory]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example/", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("/\r\nSet-Cookie: a=b", "/")]
    [InlineData("", "/")]
    [InlineData("/machine/time_wait", "/machine/time_wait")]
    public async Task The_login_leads_to_no_other_host(string next, string leadsTo)
    {
        await using var run = await WebRun.StartAsync(WebRun.WithToken);
        using var login = await LogIn(run, WebRun.Token, next);
        Assert.Equal(leadsTo, login.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Who_guesses_too_often_has_to_wait_even_with_the_right_token()
    {
        await using var run = await WebRun.StartAsync(WebRun.WithToken with { Limits = new WebLimits { LoginFailures = 3 } });
        for (int i = 0; i < 3; i++)
        {
            using var wrong = await LogIn(run, "guess " + i);
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var right = await LogIn(run, WebRun.Token);
        Assert.Equal(HttpStatusCode.TooManyRequests, right.StatusCode);
        Assert.InRange(right.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(HttpStatusCode.TooManyRequests, await run.Status("/metrics", s_bearer));
    }

    [Theory]
    [InlineData("http://evil.example", "", HttpStatusCode.Forbidden)]
    [InlineData("null", "", HttpStatusCode.Forbidden)]
    [InlineData("null", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("null", "same-origin", HttpStatusCode.SeeOther)]
    [InlineData("", "", HttpStatusCode.SeeOther)]
    public async Task A_form_of_another_site_is_refused(string origin, string site, HttpStatusCode status)
    {
        await using var run = await WebRun.StartAsync(WebRun.WithToken);
        List<(string, string)> headers = [];
        if (origin.Length > 0)
            headers.Add(("Origin", origin));
        if (site.Length > 0)
            headers.Add(("Sec-Fetch-Site", site));
        using var login = await run.Send(HttpMethod.Post, "/login", Form(WebRun.Token, "/"), [.. headers]);
        Assert.Equal(status, login.StatusCode);
        using var own = await run.Send(HttpMethod.Post, "/logout", null, ("Origin", run.Address.GetLeftPart(UriPartial.Authority)));
        Assert.Equal(HttpStatusCode.SeeOther, own.StatusCode);
        Assert.Contains("max-age=0", own.Headers.GetValues("Set-Cookie").Single());
    }

    [Theory]
    [InlineData("localhost", 200)]
    [InlineData("LOCALHOST:80", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("[::1]:11011", 200)]
    [InlineData("192.0.2.1", 200)]
    [InlineData("monitor.example", 200)]
    [InlineData("monitor.example.", 200)]
    [InlineData("evil.example", 421)]
    [InlineData("localhost.evil.example", 421)]
    [InlineData("127.0.0.1.evil.example", 421)]
    public async Task A_foreign_host_name_is_refused(string host, int status)
    {
        await using var run = await WebRun.StartAsync(WebRun.Settings with { HostNames = ["monitor.example"] });
        Assert.Equal(status, (int)await run.Status("/api/v1/report", ("Host", host)));
    }

    [Fact]
    public async Task Every_answer_carries_the_headers_that_keep_strangers_out()
    {
        await using var run = await WebRun.StartAsync();
        foreach (string path in new[] { "/", "/api/v1/report", "/api/v1/nothing", "/metrics", "/assets/index-4f3a.js", "/login", "/missing.js" })
        {
            using var response = await run.Send(HttpMethod.Get, path, null);
            Assert.StartsWith("default-src 'none'; script-src 'self';", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("same-origin", response.Headers.GetValues("Cross-Origin-Opener-Policy").Single());
            Assert.Equal("same-origin", response.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
            Assert.Equal(path is "/login" or "/" ? "same-origin" : "no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
            Assert.False(response.Headers.Contains("Server"));
        }
    }

    [Fact]
    public void The_throttle_forgets_after_a_minute_and_keeps_a_bounded_number_of_addresses()
    {
        var clock = new Ticking();
        var throttle = new LoginThrottle(2, 5000, clock);
        for (int i = 0; i < 3000; i++)
            throttle.Failed(new IPAddress([10, 0, (byte)(i / 250), (byte)(i % 250)]));
        Assert.Equal(0, throttle.Wait(IPAddress.Loopback, countsAll: true));
        throttle.Failed(IPAddress.Parse("2001:db8::1"));
        var known = IPAddress.Parse("10.0.0.1");
        throttle.Failed(known);
        Assert.InRange(throttle.Wait(known, countsAll: false), 1, 60);
        for (int i = 0; i < 3000; i++)
            throttle.Failed(IPAddress.Loopback);
        Assert.InRange(throttle.Wait(IPAddress.Parse("192.0.2.9"), countsAll: true), 1, 60);
        Assert.Equal(0, throttle.Wait(IPAddress.Parse("192.0.2.9"), countsAll: false));
        clock.Ticks += TimeSpan.FromMinutes(1).Ticks;
        Assert.Equal(0, throttle.Wait(known, countsAll: true));
    }

    [Fact]
    public void All_addresses_of_an_IPv6_network_are_one()
    {
        var throttle = new LoginThrottle(2, 100, TimeProvider.System);
        throttle.Failed(IPAddress.Parse("2001:db8::1"));
        throttle.Failed(IPAddress.Parse("2001:db8::2"));
        Assert.NotEqual(0, throttle.Wait(IPAddress.Parse("2001:db8::3"), countsAll: false));
        Assert.Equal(0, throttle.Wait(IPAddress.Parse("2001:db8:0:1::3"), countsAll: false));
    }

    private static string Session(string setCookie) => setCookie.Split(';')[0];

    private static FormUrlEncodedContent Form(string token, string next) => new([new("token", token), new("next", next)]);

    private static Task<HttpResponseMessage> LogIn(WebRun run, string token, string next = "/") => run.Send(HttpMethod.Post, "/login", Form(token, next));

    private sealed class Ticking : TimeProvider
    {
        public long Ticks { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Ticks;
    }
}
