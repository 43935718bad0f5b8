using System.Collections.Frozen;
using System.Net;
using Microsoft.AspNetCore.Http;
using TcpLens.Core.Text;

namespace TcpLens.Outputs.Web;

/// <summary>
/// Under which names the server answers. A page of a stranger can make its own name point here (DNS rebinding) and read what it likes, but
/// its requests then carry that name. Addresses cannot be abused so.
/// </summary>
internal sealed class HostNames(IEnumerable<string> configured)
{
    private readonly FrozenSet<string> _names = configured.Append("localhost").ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Throws <see cref="RefusedException"/> for a name that is not ours.</summary>
    public void Check(HttpRequest request)
    {
        string host = request.Host.Host;
        if (host.Length == 0)
            throw new RefusedException(400, "bad_parameter", new("The request names no host.", "请求没有 Host 头。"));
        if (!_names.Contains(host.TrimEnd('.')) && !IPAddress.TryParse(host, out _))
        {
            throw new RefusedException(421, "bad_parameter", new Phrase(
                "This server does not answer under the name '{0}': use its address, or add the name to the configuration (web.host_names).",
                "本服务器不接受以“{0}”为名的访问：请使用 IP 地址，或把该名称加入配置（web.host_names）。").With(Echo.Of(host)));
        }
    }

    /// <summary>
    /// Throws <see cref="RefusedException"/> when the page that sends a form is not one of ours. A browser that hides the page says at least
    /// whether it is of the same origin; programs that are no browsers say nothing and have nothing to be abused.
    /// </summary>
    public static void CheckOrigin(HttpRequest request)
    {
        string origin = request.Headers.Origin.ToString();
        string site = request.Headers["Sec-Fetch-Site"].ToString();
        bool isOurs = origin switch
        {
            "" => site is "" or "same-origin" or "none",
            "null" => site == "same-origin",
            _ => Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, Authority(request), StringComparison.OrdinalIgnoreCase),
        };
        if (!isOurs)
            throw new RefusedException(403, "bad_parameter", new("The form comes from another site.", "表单来自其他站点。"));
    }

    // A standard port stands in neither an origin nor an Uri's authority.
    private static string Authority(HttpRequest request) =>
        Uri.TryCreate($"{(request.IsHttps ? "https" : "http")}://{request.Host.Value}", UriKind.Absolute, out var uri) ? uri.Authority : "";
}
