namespace TcpLens.Zabbix.Transport;

/// <summary>What is wrong with an identity or with the file that holds its key.</summary>
public enum PskFault
{
    /// <summary>The identity is empty or longer than <see cref="PskIdentity.IdentityBytesMax"/>.</summary>
    IdentityLength,

    /// <summary>The identity holds control characters or is no valid Unicode.</summary>
    IdentityText,

    /// <summary>There is no such file.</summary>
    FileMissing,

    /// <summary>The file cannot be read: it is a directory, or its permissions forbid it.</summary>
    FileUnreadable,

    /// <summary>Every user of the host can read or write the file.</summary>
    FileOpenToOthers,

    /// <summary>The file does not hold one line of 32 to 512 digits.</summary>
    KeyLength,

    /// <summary>The line holds something else than hexadecimal digits, or an odd number of them.</summary>
    KeyDigits,
}
