using System.CommandLine;
using TcpLens.CommandLine;
using TcpLens.Core.Text;
using TcpLens.Zabbix.Api;

namespace TcpLens.Commands;

/// <summary>Which Zabbix a command talks to, and with what right.</summary>
internal static class ZabbixApiOptions
{
    private const string TokenVariable = "TCPLENS_ZABBIX_TOKEN";
    private const int LongestFileBytes = 4 << 20;

    public static ValueOption Url { get; } = new("--url", "URL", new("the address of the Zabbix frontend in the browser", "Zabbix 前端在浏览器中的地址"));

    public static ValueOption Token { get; } = new("--token", "TOKEN", new($"an API token (better: the environment variable {TokenVariable})", $"API 令牌（更好：环境变量 {TokenVariable}）"));

    public static ValueOption TokenFile { get; } = new("--token-file", "FILE", new("a file that holds the API token", "存放 API 令牌的文件"));

    public static ValueOption Host { get; } = new("--host", "NAME", new("the host in Zabbix", "Zabbix 中的主机"));

    /// <summary>Reaches the API.</summary>
    /// <exception cref="ZabbixApiException">It cannot be reached.</exception>
    /// <exception cref="FailureException">It is too old.</exception>
    public static ZabbixApi Connect(Uri url, string token)
    {
        var api = ZabbixApi.Connect(url, token);
        if (api.Version.IsAtLeast(6, 0))
            return api;
        using (api)
            throw new FailureException(new Phrase("{0} is Zabbix {1}: 6.0 or newer is needed", "{0} 是 Zabbix {1}：需要 6.0 或更新版本").With(url, api.Version));
    }

    public static string Required(ParseResult parsed, ValueOption option) =>
        parsed.GetValue(option) is { Length: > 0 } value
            ? value
            : throw new UsageException(new Phrase("{0} is needed: {1}", "缺少 {0}：{1}").With(option.Name, option.Summary));

    public static Uri RequiredUrl(ParseResult parsed)
    {
        string text = Required(parsed, Url);
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            ? url
            : throw new UsageException(new Phrase("'{0}' is no URL of a frontend, such as https://zabbix.example/", "“{0}”不是前端的 URL，例如 https://zabbix.example/").With(text));
    }

    public static string RequiredToken(ParseResult parsed, Surroundings around)
    {
        string? token = parsed.GetValue(Token) ?? (parsed.GetValue(TokenFile) is { } path ? ReadFile(path).Trim() : around.Environment(TokenVariable));
        if (string.IsNullOrEmpty(token))
            throw new UsageException(new Phrase("no API token: set {0}, or give --token-file FILE", "没有 API 令牌：请设置 {0}，或使用 --token-file FILE").With(TokenVariable));
        // A header with anything else in it is not sent at all.
        if (!token.All(char.IsAsciiLetterOrDigit))
            throw new UsageException(new Phrase("the API token holds something else than letters and digits", "API 令牌中含有字母和数字以外的字符"));
        return token;
    }

    public static string ReadFile(string path)
    {
        try
        {
            if (new FileInfo(path).Length > LongestFileBytes)
                throw new FailureException(new Phrase("{0}: longer than {1} MiB", "{0}：超过 {1} MiB").With(path, LongestFileBytes >> 20));
            return File.ReadAllText(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new FailureException(failure is FileNotFoundException or DirectoryNotFoundException
                ? new Phrase("{0}: no such file", "{0}：文件不存在").With(path)
                : new Phrase("{0}: cannot be read", "{0}：无法读取").With(path));
        }
    }
}
