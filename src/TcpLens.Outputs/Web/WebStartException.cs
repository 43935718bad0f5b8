using TcpLens.Core.Text;

namespace TcpLens.Outputs.Web;

/// <summary>The server cannot start. <see cref="Reason"/> says why and what to do.</summary>
public sealed class WebStartException : Exception
{
    public WebStartException(Phrase reason, Exception? cause = null)
        : base(reason.English, cause) => Reason = reason;

    public Phrase Reason { get; }
}
