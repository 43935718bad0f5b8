using TcpLens.Core.Text;

namespace TcpLens.Outputs.Web;

/// <summary>A request is refused: the status, the word for programs and the sentence for people.</summary>
internal sealed class RefusedException(int status, string code, Phrase reason) : Exception(reason.English)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public Phrase Reason { get; } = reason;

    /// <summary>Seconds after which it is worth another try; <see langword="null"/> where it is not.</summary>
    public int? RetryAfter { get; init; }

    public static RefusedException BadParameter(Phrase reason) => new(400, "bad_parameter", reason);

    public static RefusedException NotFound(Phrase reason) => new(404, "not_found", reason);

    public static RefusedException TooMany(Phrase reason, int retryAfter = 1) => new(429, "too_many", reason) { RetryAfter = retryAfter };

    public static RefusedException Unavailable(Phrase reason) => new(503, "unavailable", reason) { RetryAfter = 1 };
}
