using TcpLens.Core.Model;
using TcpLens.Core.Readings;
using TcpLens.Core.Sources;
using TcpLens.Core.Text;
using TcpLens.Linux.Bpf;
using TcpLens.Linux.Namespaces;

namespace TcpLens.Linux.Reading;

/// <summary>The namespaces of one walk, told one after the other. Those whose bound sockets (CLOSE) it could not walk are entered for them.</summary>
internal sealed class EveryNamespace(TimeProvider clock, BpfSource source, NamespaceCounts counts, Pass pass, TimeSpan duration)
{
    // The walk was made for all: the first one told carries what it took.
    private TimeSpan _walk = duration;

    /// <summary>The states of a namespace; <see langword="null"/> for one that the walk did not see, and that has to be read by itself.</summary>
    public NamespaceReading? TryRead(NetworkNamespace one)
    {
        if (one.Inode is not { } inode || counts[inode] is not { } census)
            return null;
        long start = clock.GetTimestamp();
        var closeUnseen = counts.HasBound(inode) ? null : AddBound(one, census);
        var took = clock.GetElapsedTime(start) + _walk;
        _walk = TimeSpan.Zero;
        return new NamespaceReading(one.Name, one.Id, new StateReading
        {
            Counts = census.ToCounts(closeUnseen),
            Source = source.Name,
            Duration = took,
            Completeness = pass.Completeness,
            CompletenessReason = pass.Reason,
            ChainsWalkedAgain = pass.ChainsWalkedAgain,
        });
    }

    private Phrase? AddBound(NetworkNamespace one, Census census)
    {
        try
        {
            var bound = NamespaceEntry.Run(one, () => source.ReadBound(census));
            return bound.Completeness == Completeness.Complete ? bound.CloseUnseen : bound.Reason;
        }
        catch (NamespaceEntryException shut)
        {
            return shut.Reason;
        }
    }
}
