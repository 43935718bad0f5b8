using Microsoft.AspNetCore.Http;
using TcpLens.Core.Text;

namespace TcpLens.Outputs.Web;

/// <summary>The dashboard's files. A path without a dot is a place inside the page, which finds its way itself.</summary>
internal sealed class Dashboard(IWebFiles files)
{
    private const string Page = "index.html";

    /// <summary>Files under here have their content's hash in their name.</summary>
    private const string Hashed = "assets/";

    private static readonly Phrase s_absent = new(
        "This build of TcpLens carries no dashboard. The API is there: /api/v1/report, /api/v1/openapi.json, /metrics",
        "此版本的 TcpLens 不含仪表盘。接口可用：/api/v1/report、/api/v1/openapi.json、/metrics");

    public Task Answer(HttpContext context, string path)
    {
        string name = path.Contains('.', StringComparison.Ordinal) ? path[1..] : Page;
        if (files.Find(name) is { } file)
            return Send(context, name, file);
        if (name != Page)
            throw RefusedException.NotFound(new Phrase("There is no {0}.", "没有 {0}。").With(Echo.Of(path)));
        context.Response.StatusCode = 404;
        return Reply.Text(context, "text/plain; charset=utf-8", $"{s_absent.English}\n{s_absent.Chinese}\n");
    }

    private static Task Send(HttpContext context, string name, WebFile file)
    {
        var headers = context.Response.Headers;
        bool isHashed = name.StartsWith(Hashed, StringComparison.Ordinal);
        bool isCompressed = file.Brotli is not null && Accepts(context.Request, "br");
        // The compressed form is another sequence of bytes and so has a tag of its own.
        string tag = isCompressed ? $"\"{file.Tag}-br\"" : $"\"{file.Tag}\"";
        headers.CacheControl = isHashed ? "public, max-age=31536000, immutable" : "no-cache";
        headers.ETag = tag;
        if (file.Brotli is not null)
            headers.Vary = "Accept-Encoding";
        // A form of a page without any referrer would come from the origin "null", like that of a stranger.
        if (name == Page)
            headers["Referrer-Policy"] = "same-origin";
        if (context.Request.Headers.IfNoneMatch.ToString().Split(',', StringSplitOptions.TrimEntries).Contains(tag, StringComparer.Ordinal))
        {
            context.Response.StatusCode = 304;
            return Task.CompletedTask;
        }

        if (isCompressed)
            headers.ContentEncoding = "br";
        return Reply.Bytes(context, WebFile.MediaType(name), isCompressed ? file.Brotli!.Value : file.Content);
    }

    private static bool Accepts(HttpRequest request, string encoding) =>
        request.GetTypedHeaders().AcceptEncoding.Any(one => one.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && one.Quality is null or > 0);
}
