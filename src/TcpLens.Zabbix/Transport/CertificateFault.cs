namespace TcpLens.Zabbix.Transport;

/// <summary>What is wrong with the files of certificates and keys.</summary>
public enum CertificateFault
{
    /// <summary>The host has no OpenSSL library, without which .NET reads no certificate.</summary>
    NoOpenSsl,

    /// <summary>There is no such file.</summary>
    FileMissing,

    /// <summary>The file cannot be read.</summary>
    FileUnreadable,

    /// <summary>Every user of the host can read or write the file of the private key.</summary>
    KeyOpenToOthers,

    /// <summary>The file holds no certificate in PEM.</summary>
    NoCertificate,

    /// <summary>The file holds no unencrypted private key in PEM, or one that does not belong to the certificate.</summary>
    NoKey,
}
