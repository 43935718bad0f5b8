using TcpLens.Core.Text;

namespace TcpLens.Linux.Lab;

/// <summary>
/// The lab cannot be made here, or cannot hold what was asked. <see cref="Reason"/> says why and what would change it, for people.
/// </summary>
public sealed class LabException : Exception
{
    public LabException(Phrase reason, Exception? cause = null)
        : base(reason.English, cause) => Reason = reason;

    public Phrase Reason { get; }
}
