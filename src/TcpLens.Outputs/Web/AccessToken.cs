using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace TcpLens.Outputs.Web;

/// <summary>
/// The token that a reader has to know. A session is its time of expiry, signed with the token: it survives a restart, is worth nothing
/// under another token, and does not tell the token.
/// </summary>
internal sealed class AccessToken(ReadOnlyMemory<byte> token, TimeProvider clock)
{
    public const string CookieName = "tcplens";

    /// <summary>How long a browser stays logged in.</summary>
    public static readonly TimeSpan SessionLife = TimeSpan.FromDays(30);

    private const string Bearer = "Bearer ";
    private const int LongestCandidate = 1024;

    private readonly byte[] _hash = SHA256.HashData(token.Span);
    private readonly byte[] _key = HMACSHA256.HashData(token.Span, "tcplens session key"u8);

    /// <summary>The token in the request's header; <see langword="null"/> when there is none.</summary>
    public static string? BearerOf(HttpRequest request) =>
        request.Headers.Authorization.ToString() is var header && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : null;

    /// <summary>Whether that is the token. Takes the same time whatever is wrong with it.</summary>
    public bool IsToken(string candidate) =>
        candidate.Length <= LongestCandidate && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(candidate)), _hash);

    /// <summary>Whether the request carries a session that has not expired.</summary>
    public bool HasSession(HttpRequest request)
    {
        if (request.Cookies[CookieName] is not { Length: <= LongestCandidate } cookie || cookie.IndexOf('.', StringComparison.Ordinal) is not (> 0 and var dot))
            return false;
        string expiry = cookie[..dot];
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(cookie[(dot + 1)..]), Encoding.UTF8.GetBytes(Signature(expiry)))
            && long.TryParse(expiry, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            && seconds > clock.GetUtcNow().ToUnixTimeSeconds();
    }

    /// <summary>The value of a new session's cookie.</summary>
    public string NewSession()
    {
        string expiry = (clock.GetUtcNow() + SessionLife).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{expiry}.{Signature(expiry)}";
    }

    private string Signature(string expiry) => Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(expiry)));
}
