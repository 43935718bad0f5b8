using TcpLens.Core.Owners;
using TcpLens.Core.Sources;

namespace TcpLens.Core.Grouping;

/// <summary>Sockets counted by what they have in common, as one command tells them.</summary>
/// <param name="By">What makes a group.</param>
/// <param name="Filter">The canonical form of the filter; empty for all sockets.</param>
/// <param name="Groups">What was counted.</param>
/// <param name="Most">How many groups are told, the largest first.</param>
/// <param name="Worst">The pass that is least complete.</param>
/// <param name="Gap">What has no owner; nothing unless the groups are owners.</param>
public sealed record GroupReading(GroupBy By, string Filter, SocketGroups Groups, int Most, Pass Worst, OwnerGap Gap)
{
    /// <summary>Groups that are not told.</summary>
    public int OtherGroups => Math.Max(0, Groups.Count - Most);

    /// <summary>Whether there were more groups than are told apart: <see cref="OtherGroups"/> is then a lower bound.</summary>
    public bool IsOtherAtLeast => Groups.Unplaced > 0;

    /// <summary>Sockets of the groups that are told.</summary>
    public long Told => Groups.Largest(Most).Sum(group => (long)group.Total);

    /// <summary>Sockets of groups that are not told.</summary>
    public long OtherTotal => Groups.Matched - Told - Gap.Total;
}
