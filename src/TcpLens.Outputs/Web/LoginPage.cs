using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using TcpLens.Core.Text;

namespace TcpLens.Outputs.Web;

/// <summary>The page that asks for the token: no script, no picture, light and dark by the reader's system.</summary>
internal static class LoginPage
{
    public const string Style = """
        :root { color-scheme: light dark; --ground: #f6f7f9; --card: #fff; --text: #1b1f27; --quiet: #5a6273; --line: #c3c9d4; --accent: #2c5fd0; --wrong: #b3261e; }
        @media (prefers-color-scheme: dark) { :root { --ground: #12151b; --card: #1b2029; --text: #e8ebf1; --quiet: #a2abbb; --line: #3c4453; --accent: #7ea6ff; --wrong: #ff8a80; } }
        body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
        main { box-sizing: border-box; width: min(26rem, 100vw - 2rem); padding: 2rem; background: var(--card); border: 1px solid var(--line); border-radius: 0.75rem; }
        h1 { margin: 0 0 0.25rem; font-size: 1.4rem; }
        p { margin: 0 0 1.25rem; color: var(--quiet); }
        p.wrong { color: var(--wrong); }
        label { display: block; font-weight: 600; }
        input, button { box-sizing: border-box; width: 100%; margin-top: 0.4rem; padding: 0.6rem 0.75rem; font: inherit; border-radius: 0.5rem; border: 1px solid var(--line); }
        input { background: var(--ground); color: inherit; }
        button { margin-top: 1rem; border-color: transparent; background: var(--accent); color: var(--card); font-weight: 600; cursor: pointer; }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
        nav { margin-top: 1.25rem; font-size: 0.9rem; }
        a { color: var(--accent); }

        """;

    /// <summary>By <c>?lang=zh</c> or <c>?lang=en</c>, else by what the browser prefers.</summary>
    public static Language LanguageOf(HttpRequest request)
    {
        string wanted = request.Query["lang"].ToString();
        if (wanted.Length == 0)
            wanted = request.GetTypedHeaders().AcceptLanguage.OrderByDescending(one => one.Quality ?? 1).FirstOrDefault()?.Value.ToString() ?? "";
        return wanted.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Language.Chinese : Language.English;
    }

    public static string Render(Language language, string next, Phrase? failure)
    {
        string Say(string english, string chinese) => Html(new Phrase(english, chinese).In(language));
        var other = language == Language.Chinese ? ("en", "English") : ("zh", "中文");
        string wrong = failure is { } known ? $"""<p class="wrong" role="alert">{Html(known.In(language))}</p>""" : "";
        return $"""
            <!doctype html>
            <html lang="{(language == Language.Chinese ? "zh-CN" : "en")}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Say("TcpLens: log in", "TcpLens：登录")}</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="/login.css">
            </head>
            <body>
            <main>
            <h1>TcpLens</h1>
            <p>{Say("To see the TCP connections of this host, enter the token from its configuration.", "查看本机的 TCP 连接，请输入配置中的令牌。")}</p>
            {wrong}
            <form method="post" action="/login?lang={(language == Language.Chinese ? "zh" : "en")}">
            <input type="hidden" name="next" value="{Html(next)}">
            <label for="token">{Say("Token", "令牌")}</label>
            <input id="token" name="token" type="password" autocomplete="current-password" required autofocus>
            <button type="submit">{Say("Log in", "登录")}</button>
            </form>
            <nav><a lang="{other.Item1}" href="/login?lang={other.Item1}&amp;next={Html(Uri.EscapeDataString(next))}">{other.Item2}</a></nav>
            </main>
            </body>
            </html>

            """;
    }

    private static readonly HtmlEncoder s_encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private static string Html(string text) => s_encoder.Encode(text);
}
