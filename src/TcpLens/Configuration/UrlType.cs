using TcpLens.Core.Text;

namespace TcpLens.Configuration;

/// <summary>The address of a web server, or none. Only scheme, host and port are shown: services put their secret into the path, others into the query or before the host.</summary>
internal sealed class UrlType : TextType<string>
{
    // What browsers and servers take at most.
    private const int CharactersMax = 2000;

    public override Phrase Expected { get; } = new("an address that begins with http:// or https://, or \"\" for none", "以 http:// 或 https:// 开头的地址，\"\" 表示没有");

    public override bool TryRead(RawValue raw, out string value)
    {
        value = raw.Text;
        return raw.IsText && value.Length <= CharactersMax
            && (value.Length == 0 || (Uri.TryCreate(value, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) && address.Host.Length > 0));
    }

    public override string ToText(string value) => value;

    public override string ToShownText(string value) => value.Length > 0 && new Uri(value) is var address && (address.UserInfo.Length > 0 || address.PathAndQuery != "/" || address.Fragment.Length > 0)
        ? address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) + "/..."
        : value;
}
