namespace TcpLens.Zabbix.Transport;

/// <summary>A file of certificates or of a private key that cannot be used.</summary>
/// <param name="fault">What is wrong.</param>
/// <param name="message">The same in words (English), with what to do; never a key.</param>
/// <param name="cause">What the system or OpenSSL said.</param>
public sealed class CertificateException(CertificateFault fault, string message, Exception? cause = null) : Exception(message, cause)
{
    public CertificateFault Fault => fault;
}
