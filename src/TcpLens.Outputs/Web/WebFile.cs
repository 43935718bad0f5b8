namespace TcpLens.Outputs.Web;

/// <summary>One file of the dashboard.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="Brotli">The same, compressed; <see langword="null"/> when that is not there.</param>
/// <param name="Tag">Changes with the content; letters and digits.</param>
public sealed record WebFile(ReadOnlyMemory<byte> Content, ReadOnlyMemory<byte>? Brotli, string Tag)
{
    /// <summary>The media type by the ending of the path.</summary>
    public static string MediaType(string path) => Path.GetExtension(path) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" or ".mjs" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".json" or ".map" => "application/json; charset=utf-8",
        ".webmanifest" => "application/manifest+json; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        ".ico" => "image/x-icon",
        ".woff2" => "font/woff2",
        ".txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };
}
