namespace TcpLens.Zabbix.Api;

/// <summary>Why a call of the API came to nothing: each kind has a remedy of its own.</summary>
public enum ApiTrouble
{
    /// <summary>No connection, or no answer in time. The detail is the operating system's reason.</summary>
    Unreachable,

    /// <summary>A connection, but no TLS that can be trusted. The detail is what is wrong with the certificate.</summary>
    Tls,

    /// <summary>Something answered that is not the Zabbix API. The detail is the HTTP status, or where it redirects to.</summary>
    NotZabbix,

    /// <summary>The token is wrong, expired or disabled.</summary>
    TokenRejected,

    /// <summary>The token's user may not do this, or may not see the object.</summary>
    NoPermission,

    /// <summary>The API understood the call and refused it. The detail is its own reason.</summary>
    Refused,
}
