using TcpLens.Core.Text;

namespace TcpLens.Core.Monitoring;

/// <summary>Whether a resident monitor answered for a network namespace: somebody has to miss it when it ends.</summary>
/// <param name="Absence">Why none did, in a few words; <see langword="null"/> when one did.</param>
public sealed record MonitorPresence(Phrase? Absence)
{
    /// <summary>It runs and has answered.</summary>
    public static MonitorPresence Running { get; } = new((Phrase?)null);

    /// <summary>Whoever answers reads the kernel itself and asks none.</summary>
    public static MonitorPresence NotAsked { get; } = new(new Phrase("tcplens serve is not asked here", "此处不询问 tcplens serve"));

    public bool Runs => Absence is null;
}
