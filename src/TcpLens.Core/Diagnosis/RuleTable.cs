using System.Collections.Immutable;
using TcpLens.Core.Diagnosis.Rules;

namespace TcpLens.Core.Diagnosis;

/// <summary>All rules. A new one is one more line here: every output tells what it finds.</summary>
public static class RuleTable
{
    /// <summary>In the order in which they are told when they are equally bad.</summary>
    public static ImmutableArray<Rule> All { get; } =
    [
        ReadingRule.Rule,
        AcceptQueueRule.Rule,
        SynFloodRule.Rule,
        SynBacklogRule.Rule,
        SlowHandshakeRule.Rule,
        ListenerGoneRule.Rule,
        CloseWaitRule.Rule,
        OwnedFinWait2Rule.Rule,
        OrphanFinWait2Rule.Rule,
        TimeWaitRule.Rule,
        EphemeralPortsRule.Rule,
        SilentPeersRule.Rule,
        IdleRule.Rule,
        SynSentRule.Rule,
        ConnectFailuresRule.Rule,
        FinWait1Rule.Rule,
        LastAckRule.Rule,
        ClosingRule.Rule,
        OrphansRule.Rule,
        MemoryRule.Rule,
        DescriptorsRule.Rule,
        ConntrackRule.Rule,
        RetransmitsRule.Rule,
        ResetsRule.Rule,
        TimeWaitRecycleRule.Rule,
        TimeWaitReuseRule.Rule,
        SyncookiesOffRule.Rule,
        AbortOnOverflowRule.Rule,
        PaceRule.Rule,
    ];

    /// <summary>The rule of that id; <see langword="null"/> when there is none.</summary>
    public static Rule? Find(string id) => All.FirstOrDefault(rule => rule.Id == id);
}
