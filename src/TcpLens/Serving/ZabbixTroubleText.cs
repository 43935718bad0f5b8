using TcpLens.Core.Text;
using TcpLens.Zabbix.Transport;

namespace TcpLens.Serving;

/// <summary>What is wrong with a pre-shared key or a certificate, for people.</summary>
internal static class ZabbixTroubleText
{
    public static Phrase Of(PskException wrong, string file) => wrong.Fault switch
    {
        PskFault.IdentityLength or PskFault.IdentityText => new(
            $"[zabbix_tls] psk_identity: {wrong.Message}", $"[zabbix_tls] psk_identity：须为 1 到 {PskIdentity.IdentityBytesMax} 字节的文本，不含控制字符"),
        PskFault.FileMissing => new($"[zabbix_tls] psk_file: {wrong.Message}", $"[zabbix_tls] psk_file：{file} 不存在"),
        PskFault.FileUnreadable => new($"[zabbix_tls] psk_file: {wrong.Message}", $"[zabbix_tls] psk_file：无法读取 {file}"),
        PskFault.FileOpenToOthers => new($"[zabbix_tls] psk_file: {wrong.Message}", $"[zabbix_tls] psk_file：其他用户可以读写该文件：chmod o-rwx {file}"),
        _ => new(
            $"[zabbix_tls] psk_file: {wrong.Message}",
            $"[zabbix_tls] psk_file：{file} 须为一行 {2 * PskIdentity.KeyBytesMin} 到 {2 * PskIdentity.KeyBytesMax} 个十六进制数字：openssl rand -hex 32 > {file}"),
    };

    public static Phrase Of(CertificateException wrong) => new("[zabbix_tls]: " + wrong.Message, "[zabbix_tls]：" + wrong.Fault switch
    {
        CertificateFault.NoOpenSsl => "使用证书需要本机安装 OpenSSL 库：apt install libssl3（预共享密钥不需要）",
        CertificateFault.KeyOpenToOthers => "私钥文件可被其他用户读写：chmod o-rwx",
        CertificateFault.NoCertificate => "文件中没有有效的 PEM 证书",
        CertificateFault.NoKey => "文件中须为该证书的私钥，PEM 格式且无密码",
        _ => "证书或私钥文件不存在或无法读取",
    } + (wrong.Fault == CertificateFault.NoOpenSsl ? "" : $"（{wrong.Message}）"));
}
