using System.Collections.Immutable;
using TcpLens.Core.Monitoring;

namespace TcpLens.Core.Diagnosis;

/// <summary>
/// Holds findings from report to report: what lasts is opened, what is gone for a while is closed. A rule that cannot judge neither opens nor
/// closes anything, unless that goes on for a quarter of an hour. Bounded: five findings of each rule, and a hundred closed ones. Time comes in as a value; one thread.
/// </summary>
public sealed class FindingTracker
{
    /// <summary>Closed findings that are remembered: an hour of a host that has one bad minute after the other.</summary>
    public const int ClosedMaximum = 100;

    private readonly TimeSpan? _patience;
    private readonly Dictionary<FindingKey, Tracked> _tracked = [];
    private readonly Queue<FindingRecord> _closed = new();

    /// <summary>Makes one without findings.</summary>
    /// <param name="patience">Waits at most so long before a condition is a finding, whatever its rule asks for; zero: opens at once.</param>
    public FindingTracker(TimeSpan? patience = null) => _patience = patience;

    /// <summary>Judges the next report.</summary>
    /// <param name="input">What was seen; which findings are open is filled in here.</param>
    /// <param name="at">Wall clock, for the findings' times.</param>
    /// <param name="uptime">By a clock that nobody can set; never less than at the report before.</param>
    public Health Next(DiagnosisInput input, DateTimeOffset at, TimeSpan uptime)
    {
        var changes = ImmutableArray.CreateBuilder<FindingRecord>();
        var judgements = Judge(input with { Open = _tracked.Where(one => one.Value.IsOpen).ToDictionary(one => one.Key, one => one.Value.Finding.Level) });
        foreach (var (rule, judgement) in judgements)
        {
            foreach (var finding in judgement.Findings)
                See(finding, Patience(rule, input.Thresholds), at, uptime, changes);
            // What can no longer be judged is not over; but nobody believes it for ever.
            bool isJudged = judgement.Result != CheckResult.Unknown;
            End(rule, isJudged ? rule.ClosesAfter : Past.Longest, isJudged, at, uptime, changes);
        }

        return new Health
        {
            Open = [.. _tracked.Values.Where(one => one.IsOpen).OrderByDescending(one => one.Finding.Level).ThenBy(one => Place(one.Finding.Rule)).Select(one => one.ToRecord(null))],
            Closed = [.. _closed.Reverse()],
            Checks = [.. judgements.Select(one => new Check(one.Rule.Id, one.Rule.What, one.Judgement.Result, one.Judgement.Told))],
            Changes = changes.ToImmutable(),
        };
    }

    private static int Place(string rule) => RuleTable.All.IndexOf(RuleTable.Find(rule)!);

    private static List<(Rule Rule, Judgement Judgement)> Judge(DiagnosisInput input)
    {
        var all = RuleTable.All.Select(rule => (Rule: rule, Judgement: FindingOwners.Name(rule.Apply(input), input.Owners))).ToList();
        var loud = all.Where(one => one.Judgement.Result == CheckResult.Found).Select(one => one.Rule.Id).ToHashSet(StringComparer.Ordinal);
        for (int i = 0; i < all.Count; i++)
        {
            if (all[i].Judgement.Result == CheckResult.Found && all[i].Rule.SilentWhile.Any(loud.Contains))
                all[i] = (all[i].Rule, Judgement.Fine(all[i].Judgement.Told));
        }

        return all;
    }

    private void See(Finding finding, TimeSpan patience, DateTimeOffset at, TimeSpan uptime, ImmutableArray<FindingRecord>.Builder changes)
    {
        if (!_tracked.TryGetValue(finding.Key, out var tracked))
            _tracked.Add(finding.Key, tracked = new Tracked(finding, at, uptime));
        tracked.See(finding, uptime);
        if (tracked.IsOpen || !tracked.HasLasted(patience, uptime, _patience != TimeSpan.Zero))
            return;
        tracked.IsOpen = true;
        changes.Add(tracked.ToRecord(null));
    }

    private void End(Rule rule, TimeSpan after, bool isJudged, DateTimeOffset at, TimeSpan uptime, ImmutableArray<FindingRecord>.Builder changes)
    {
        foreach (var (key, tracked) in _tracked.Where(one => one.Key.Rule == rule.Id && one.Value.LastSeen < uptime).ToList())
        {
            // What is not open yet has to be there without a break.
            if ((tracked.IsOpen || !isJudged) && uptime - tracked.LastSeen < after)
                continue;
            _tracked.Remove(key);
            if (!tracked.IsOpen)
                continue;
            var closed = tracked.ToRecord(at);
            changes.Add(closed);
            _closed.Enqueue(closed);
            if (_closed.Count > ClosedMaximum)
                _closed.Dequeue();
        }
    }

    private TimeSpan Patience(Rule rule, Thresholds thresholds)
    {
        var wanted = rule.OpensAfterSetting?.Invoke(thresholds) ?? rule.OpensAfter;
        return _patience < wanted ? _patience.Value : wanted;
    }

    private sealed class Tracked(Finding finding, DateTimeOffset firstAt, TimeSpan first)
    {
        private int _reports;
        private Severity _worst;

        public Finding Finding { get; private set; } = finding;

        public TimeSpan LastSeen { get; private set; }

        public bool IsOpen { get; set; }

        public void See(Finding seen, TimeSpan uptime)
        {
            Finding = seen;
            LastSeen = uptime;
            _reports++;
            _worst = seen.Level > _worst ? seen.Level : _worst;
        }

        public bool HasLasted(TimeSpan wanted, TimeSpan uptime, bool twice) => uptime - first >= wanted && (!twice || _reports > 1);

        public FindingRecord ToRecord(DateTimeOffset? closed) => new(Finding, firstAt, closed, _worst);
    }
}
