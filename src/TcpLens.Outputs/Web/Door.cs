using System.Text;
using Microsoft.AspNetCore.Http;
using TcpLens.Core.Text;

namespace TcpLens.Outputs.Web;

/// <summary>Lets in who knows the token, and shows the login page to the others. Without a token the door is open.</summary>
internal sealed class Door(WebSettings settings, TimeProvider clock)
{
    public const string LoginPath = "/login";
    private const string LogoutPath = "/logout";
    private const string StylePath = "/login.css";

    /// <summary>Tells nothing but that the monitor runs: supervisors have no token.</summary>
    private const string HealthPath = "/healthz";

    private readonly AccessToken? _token = settings.Token is { } token ? new AccessToken(token, clock) : null;
    private readonly LoginThrottle _throttle = new(settings.Limits.LoginFailures, settings.Limits.LoginFailuresOfAll, clock);

    /// <summary>Whether the request ends here: it was the door's own page, or the way to it. Throws <see cref="RefusedException"/> for programs without the token.</summary>
    public async Task<bool> Answers(HttpContext context, string path)
    {
        if (path is LoginPath or LogoutPath or StylePath)
        {
            await AnswerDoor(context, path);
            return true;
        }

        if (_token is null || path == HealthPath || IsLetIn(context, _token))
            return false;
        if (!IsPage(path))
            throw Unauthorized(context);
        context.Response.Redirect($"{LoginPath}?next={Uri.EscapeDataString(path + context.Request.QueryString.Value)}");
        return true;
    }

    private static bool IsPage(string path) =>
        !path.StartsWith("/api/", StringComparison.Ordinal) && path != "/metrics" && !path.Contains('.', StringComparison.Ordinal);

    private static RefusedException Unauthorized(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return new RefusedException(401, "unauthorized", new("A token is needed: the header 'Authorization: Bearer TOKEN', or a login in the browser.", "需要令牌：请使用请求头“Authorization: Bearer TOKEN”，或在浏览器中登录。"));
    }

    private bool IsLetIn(HttpContext context, AccessToken token)
    {
        if (AccessToken.BearerOf(context.Request) is not { } candidate)
            return token.HasSession(context.Request);
        var address = context.Connection.RemoteIpAddress;
        // A guesser is slowed down; the failures of others do not shut out a scraper that knows the token.
        if (_throttle.Wait(address, countsAll: false) is > 0 and var seconds)
            throw TooManyFailures(seconds);
        if (token.IsToken(candidate))
            return true;
        _throttle.Failed(address);
        throw Unauthorized(context);
    }

    private async Task AnswerDoor(HttpContext context, string path)
    {
        string method = context.Request.Method;
        bool isRead = HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
        if (path == StylePath && isRead)
            await Reply.Text(context, "text/css; charset=utf-8", LoginPage.Style);
        else if (path == LoginPath && isRead)
            await ShowLogin(context, Next(context.Request.Query["next"].ToString()), null);
        else if (path == LoginPath && HttpMethods.IsPost(method))
            await LogIn(context);
        else if (path == LogoutPath && HttpMethods.IsPost(method))
            LogOut(context);
        else
            throw WrongMethod(context, path);
    }

    private static RefusedException WrongMethod(HttpContext context, string path)
    {
        string allowed = path switch
        {
            LoginPath => "GET, HEAD, POST",
            LogoutPath => "POST",
            _ => "GET, HEAD",
        };
        context.Response.Headers.Allow = allowed;
        return new RefusedException(405, "bad_parameter", new Phrase("{0} allows {1} only.", "{0} 只允许 {1}。").With(path, allowed));
    }

    private async Task LogIn(HttpContext context)
    {
        HostNames.CheckOrigin(context.Request);
        if (!context.Request.HasFormContentType)
            throw RefusedException.BadParameter(new("The form has to come as application/x-www-form-urlencoded.", "表单须以 application/x-www-form-urlencoded 格式提交。"));
        var form = await ReadForm(context);
        string next = Next(form["next"].ToString());
        var address = context.Connection.RemoteIpAddress;
        if (_throttle.Wait(address, countsAll: true) is > 0 and var seconds)
            throw TooManyFailures(seconds);
        if (_token?.IsToken(form["token"].ToString().Trim()) == false)
        {
            _throttle.Failed(address);
            context.Response.StatusCode = 401;
            await ShowLogin(context, next, new("This is not the token.", "令牌不正确。"));
            return;
        }

        if (_token is not null)
            context.Response.Cookies.Append(AccessToken.CookieName, _token.NewSession(), Cookie(context, AccessToken.SessionLife));
        SeeOther(context, next);
    }

    private static async Task<IFormCollection> ReadForm(HttpContext context)
    {
        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (InvalidDataException bad)
        {
            throw RefusedException.BadParameter(new Phrase("The form cannot be read: {0}", "无法读取表单：{0}").With(bad.Message));
        }
    }

    // The session is signed, not stored: whoever has copied the cookie keeps it until it expires or the token changes.
    private static void LogOut(HttpContext context)
    {
        HostNames.CheckOrigin(context.Request);
        context.Response.Cookies.Append(AccessToken.CookieName, "", Cookie(context, TimeSpan.Zero));
        SeeOther(context, LoginPath);
    }

    private static CookieOptions Cookie(HttpContext context, TimeSpan life) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        Path = "/",
        MaxAge = life,
    };

    private static Task ShowLogin(HttpContext context, string next, Phrase? failure)
    {
        var language = LoginPage.LanguageOf(context.Request);
        // A form of a page without any referrer would come from the origin "null", like that of a stranger.
        context.Response.Headers["Referrer-Policy"] = "same-origin";
        context.Response.Headers.ContentLanguage = language == Language.Chinese ? "zh-CN" : "en";
        return Reply.Text(context, "text/html; charset=utf-8", LoginPage.Render(language, next, failure));
    }

    private static void SeeOther(HttpContext context, string target)
    {
        context.Response.StatusCode = 303;
        context.Response.Headers.Location = target;
    }

    private static RefusedException TooManyFailures(int seconds) => RefusedException.TooMany(
        new Phrase("Too many failed logins: wait {0} seconds.", "登录失败次数过多：请等待 {0} 秒。").With(seconds), seconds);

    // Only a path of this server: "//host" and "/\host" lead elsewhere.
    private static string Next(string wanted)
    {
        bool isOurs = wanted is ['/', ..] && wanted is not ['/', '/' or '\\', ..] && wanted.Length <= 2000 && !wanted.Any(char.IsControl);
        return isOurs && Encoding.UTF8.GetByteCount(wanted) == wanted.Length ? wanted : "/";
    }
}
