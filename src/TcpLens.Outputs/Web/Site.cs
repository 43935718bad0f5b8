using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using TcpLens.Core.Text;
using TcpLens.Outputs.Web.Api;

namespace TcpLens.Outputs.Web;

/// <summary>Answers every request: checks who asks and how, then hands it to the API, the login or the dashboard.</summary>
internal sealed partial class Site : IHttpApplication<HttpContext>, IDisposable
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private readonly HostNames _hosts;
    private readonly Door _door;
    private readonly Dashboard _dashboard;
    private readonly Endpoints _endpoints;
    private readonly CancellationTokenSource _end = new();
    private readonly ILogger _log;

    public Site(WebSettings settings, WebContent content, ILogger log)
    {
        _log = log;
        _hosts = new HostNames(settings.HostNames);
        _door = new Door(settings, content.Clock);
        _dashboard = new Dashboard(content.Dashboard);
        _endpoints = new Endpoints(settings, content, _end.Token);
    }

    public Task EndStreamsAsync() => _end.CancelAsync();

    public void Dispose()
    {
        _endpoints.Dispose();
        _end.Dispose();
    }

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
        // A context holds nothing of its own: its features belong to the server.
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        try
        {
            AddHeaders(context.Response);
            _hosts.Check(context.Request);
            await Answer(context);
        }
        catch (RefusedException refused)
        {
            await Refuse(context, refused);
        }
        catch (BadHttpRequestException bad)
        {
            await Refuse(context, new RefusedException(bad.StatusCode, "bad_parameter", new Phrase("The request cannot be read: {0}", "无法读取请求：{0}").With(bad.Message)));
        }
        catch (Exception gone) when (gone is OperationCanceledException or ConnectionResetException or ConnectionAbortedException)
        {
            // Nobody is there any more to be told.
        }
        catch (Exception error)
        {
            Failed(error, context.Request.Path.Value);
            await Refuse(context, new RefusedException(500, "internal", new("The server failed; its log says why.", "服务器出错，原因见其日志。")));
        }
    }

    private async Task Answer(HttpContext context)
    {
        string path = context.Request.Path.Value ?? "/";
        if (await _door.Answers(context, path))
            return;
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            throw new RefusedException(405, "bad_parameter", new Phrase("{0} allows GET and HEAD only.", "{0} 只允许 GET 与 HEAD。").With(Echo.Of(path)));
        }

        if (await _endpoints.Answers(context, path))
            return;
        await _dashboard.Answer(context, path);
    }

    private static void AddHeaders(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Embedder-Policy"] = "require-corp";
        headers.CacheControl = "no-store";
    }

    private static async Task Refuse(HttpContext context, RefusedException refused)
    {
        if (context.Response.HasStarted)
        {
            // Half an answer must not look like a whole one.
            context.Abort();
            return;
        }

        context.Response.StatusCode = refused.Status;
        if (refused.RetryAfter is { } seconds)
            context.Response.Headers.RetryAfter = seconds.ToString();
        await Reply.Json(context, json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("error");
            json.WriteString("code", refused.Code);
            json.WriteText("message", refused.Reason);
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "a request for {Path} failed")]
    private partial void Failed(Exception error, string? path);
}
