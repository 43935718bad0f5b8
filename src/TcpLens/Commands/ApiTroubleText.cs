using TcpLens.Core.Text;
using TcpLens.Zabbix.Api;

namespace TcpLens.Commands;

/// <summary>What went wrong with the Zabbix API, and what to do about it.</summary>
internal static class ApiTroubleText
{
    public static Phrase Of(ZabbixApiException failure, Uri url) => failure.Trouble switch
    {
        ApiTrouble.Unreachable => new Phrase("Zabbix cannot be reached: {0}; check --url, the network and the proxy settings", "无法连接 Zabbix：{0}；请检查 --url、网络和代理设置").With(failure.Detail),
        ApiTrouble.Tls => new Phrase(
            "{0}: no trusted TLS connection ({1}); make the system trust the certificate (SSL_CERT_FILE names a file with its issuer)",
            "{0}：无法建立受信任的 TLS 连接（{1}）；请让系统信任该证书（可用 SSL_CERT_FILE 指定含签发者证书的文件）").With(url.Authority, failure.Detail),
        ApiTrouble.NotZabbix => new Phrase(
            "{0} does not answer as a Zabbix API ({1}); give the address that the frontend has in the browser",
            "{0} 的应答不是 Zabbix API（{1}）；请给出前端在浏览器中的地址").With(url, failure.Detail),
        ApiTrouble.TokenRejected => new Phrase(
            "Zabbix does not accept the API token: {0}. It may be wrong, expired or disabled, or the web server drops the Authorization header",
            "Zabbix 不接受此 API 令牌：{0}。令牌可能有误、已过期或被禁用，或者 Web 服务器丢弃了 Authorization 头").With(failure.Detail),
        ApiTrouble.NoPermission => new Phrase(
            "the token's user may not do this ({0}: {1}); it needs a role with API access and write permission to the template and host groups",
            "令牌所属用户无权执行此操作（{0}：{1}）；其角色须允许访问 API，并对模板组和主机组有写权限").With(failure.Method, failure.Detail),
        _ => new Phrase("Zabbix refuses {0}: {1}", "Zabbix 拒绝 {0}：{1}").With(failure.Method, failure.Detail),
    };
}
