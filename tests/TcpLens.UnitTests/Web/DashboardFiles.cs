using System.Net;
using TcpLens.Outputs.Web;
using Xunit;

namespace TcpLens.UnitTests.Web;

/// <summary>How the dashboard's files are served.</summary>
public sealed class DashboardFiles
{
    private const string Script = "/assets/index-4f3a.js";

    [Theory]
    [InlineData("/")]
    [InlineData("/machine")]
    [InlineData("/machine/time_wait")]
    [InlineData("/connections?filter=state:close_wait&group=remote_address&range=1h")]
    [InlineData("/index.html")]
    public async Task A_place_in_the_page_is_the_page(string path)
    {
        await using var run = await WebRun.StartAsync();
        using var response = await run.Send(HttpMethod.Get, path, null);
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("no-cache", response.Headers.CacheControl!.ToString());
        Assert.StartsWith("<!doctype html>", await response.Content.ReadAsStringAsync(WebRun.End), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hashed_file_is_kept_for_ever_and_comes_compressed_to_whom_can_read_that()
    {
        await using var run = await WebRun.StartAsync();
        using var compressed = await run.Send(HttpMethod.Get, Script, null, ("Accept-Encoding", "gzip, br"));
        Assert.Equal("compressed", await compressed.Content.ReadAsStringAsync(WebRun.End));
        Assert.Equal("br", compressed.Content.Headers.ContentEncoding.Single());
        Assert.Contains("immutable", compressed.Headers.CacheControl!.ToString());
        Assert.Equal("Accept-Encoding", compressed.Headers.Vary.Single());

        using var refused = await run.Send(HttpMethod.Get, Script, null, ("Accept-Encoding", "br;q=0"));
        Assert.Equal("plain", await refused.Content.ReadAsStringAsync(WebRun.End));
        Assert.NotEqual(compressed.Headers.ETag, refused.Headers.ETag);
    }

    [Fact]
    public async Task A_file_that_has_not_changed_is_not_sent_again()
    {
        await using var run = await WebRun.StartAsync();
        using var page = await run.Send(HttpMethod.Get, "/", null);
        string tag = page.Headers.ETag!.ToString();
        using var again = await run.Send(HttpMethod.Get, "/", null, ("If-None-Match", $"\"other\", {tag}"));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync(WebRun.End));
        Assert.Equal(HttpStatusCode.OK, await run.Status("/", ("If-None-Match", "\"other\"")));
    }

    [Fact]
    public void Embedded_files_are_found_by_their_path_and_nothing_else_is()
    {
        var files = new EmbeddedFiles(typeof(DashboardFiles).Assembly);
        var page = files.Find("page.html")!;
        Assert.Equal("<p>embedded</p>\n", System.Text.Encoding.UTF8.GetString(page.Content.Span));
        using var compressed = new System.IO.Compression.BrotliStream(new MemoryStream(page.Brotli!.Value.ToArray()), System.IO.Compression.CompressionMode.Decompress);
        using var reader = new StreamReader(compressed);
        Assert.Equal("<p>embedded</p>\n", reader.ReadToEnd());
        Assert.Matches("^[0-9a-f]{32}$", page.Tag);
        Assert.Same(page, files.Find("page.html"));
        Assert.All(new[] { "", "other.html", "page.html.br", "../page.html", "web/page.html", "Page.html" }, path => Assert.Null(files.Find(path)));
    }

    [Fact]
    public async Task A_build_without_the_dashboard_says_so()
    {
        await using var run = await WebRun.StartAsync(change: content => content with { Dashboard = new EmbeddedFiles(typeof(DashboardFiles).Assembly) });
        using var response = await run.Send(HttpMethod.Get, "/", null);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        string text = await response.Content.ReadAsStringAsync(WebRun.End);
        Assert.Contains("carries no dashboard", text);
        Assert.Contains("不含仪表盘", text);
    }
}
