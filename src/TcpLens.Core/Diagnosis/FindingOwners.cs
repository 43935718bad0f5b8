using TcpLens.Core.Diagnosis.Rules;
using TcpLens.Core.Model;
using TcpLens.Core.Owners;
using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis;

/// <summary>
/// Says in findings whose sockets they are about: the listener of a port, who calls a destination, who has most of the sockets in a state; and how old the
/// oldest of these is. Both are of the last look for owners, which may be some seconds older than the reading.
/// </summary>
internal static class FindingOwners
{
    /// <summary>Rules about the sockets of one state that programs hold.</summary>
    private static readonly Dictionary<string, TcpState> s_states = new(StringComparer.Ordinal)
    {
        [CloseWaitRule.Id] = TcpState.CloseWait,
        [OwnedFinWait2Rule.Rule.Id] = TcpState.FinWait2,
        [SynSentRule.Rule.Id] = TcpState.SynSent,
    };

    /// <summary>Rules about sockets that only the kernel holds, and about connections as a whole.</summary>
    private static readonly Dictionary<string, TcpState> s_unheld = new(StringComparer.Ordinal)
    {
        [OrphanFinWait2Rule.Rule.Id] = TcpState.FinWait2,
        [FinWait1Rule.Rule.Id] = TcpState.FinWait1,
        [LastAckRule.Rule.Id] = TcpState.LastAck,
        [ClosingRule.Rule.Id] = TcpState.Closing,
    };

    /// <summary>The same judgement, its findings with their owners where these are known.</summary>
    public static Judgement Name(Judgement judgement, OwnerCensus? owners) => owners is null || judgement.Findings.IsEmpty
        ? judgement
        : Judgement.Of([.. judgement.Findings.Select(finding => Age(Name(finding, owners), owners))], judgement.Told);

    private static Finding Name(Finding finding, OwnerCensus owners) => finding.Subject switch
    {
        { Kind: SubjectKind.Port, Key: var port } when ushort.TryParse(port, out ushort number) && owners.Listeners.TryGetValue(number, out var listener) => With(finding, listener),
        { Kind: SubjectKind.Destination, Key: var key } when CallerOf(key, owners) is { } caller => With(finding, caller),
        { Kind: SubjectKind.Host } when s_states.TryGetValue(finding.Rule, out var state) && owners.Foremost[(int)state] is { } most => With(finding, most, state),
        _ => finding,
    };

    private static Finding Age(Finding finding, OwnerCensus owners) =>
        (s_states.TryGetValue(finding.Rule, out var state) || s_unheld.TryGetValue(finding.Rule, out state)) && owners.OldestSeconds(state) is { } seconds
            ? finding with { Evidence = [.. finding.Evidence, new Evidence("oldest", new Phrase("the oldest in {0}, at least", "{0} 中最老的，至少").With(state.Info().Linux), seconds, "s")] }
            : finding;

    // The key of a destination tells its remote end last: 10.0.0.5 > 10.0.0.7:5432.
    private static Owner? CallerOf(string key, OwnerCensus owners)
    {
        foreach (var (remote, callers) in owners.Callers)
        {
            if (key.EndsWith($" {remote}", StringComparison.Ordinal))
                return callers.FirstOrDefault();
        }

        return null;
    }

    private static Finding With(Finding finding, Owner owner) => finding with
    {
        Subject = finding.Subject with { Owner = owner.Text },
        Sentence = finding.Sentence.Then(new Phrase(" Held by {0}.", "由 {0} 持有。").With(owner.Text)),
    };

    private static Finding With(Finding finding, OwnerCount most, TcpState state) => finding with
    {
        Subject = finding.Subject with { Owner = most.Owner.Text },
        Sentence = finding.Sentence.Then(new Phrase(" Most are {0}'s: {1}.", "最多的属于 {0}：{1} 个。").With(most.Owner.Text, Figures.Count(most[state]))),
        Evidence = [.. finding.Evidence, new Evidence("owner", new Phrase("of them {0}'s", "其中属于 {0}").With(most.Owner.Text), most[state])],
    };
}
