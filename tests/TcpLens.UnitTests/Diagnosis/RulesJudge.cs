using TcpLens.Core.Diagnosis;
using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;
using TcpLens.Outputs.Terminal.Doctor;
using TcpLens.TestKit;
using TcpLens.UnitTests.CommandLine;
using TcpLens.UnitTests.Monitoring;
using TcpLens.UnitTests.Zabbix;
using Xunit;

namespace TcpLens.UnitTests.Diagnosis;

/// <summary>Every rule finds its condition, finds nothing else, and finds nothing where it cannot know.</summary>
public sealed class RulesJudge
{
    public static TheoryData<string> Cases() => [.. AllCases.All.Keys];

    public static TheoryData<string> CasesBetween() => [.. AllCases.All.Where(one => one.Value.Between is not null).Select(one => one.Key)];

    public static TheoryData<string> CasesMissing() => [.. AllCases.All.Where(one => one.Value.Missing is not null).Select(one => one.Key)];

    [Fact]
    public void Every_rule_is_shown_its_condition() =>
        Assert.Equal(RuleTable.All.Select(rule => rule.Id).Order(StringComparer.Ordinal), AllCases.All.Keys.Select(RuleOf).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_condition_is_found_with_its_numbers(string name)
    {
        var one = AllCases.All[name];
        var finding = Found(name);
        Assert.Equal((one.Level, one.Subject), (finding.Level, finding.Subject.Key));
        Assert.Contains(one.Sentence, finding.Sentence.English, StringComparison.Ordinal);
        Assert.Contains(one.Cause, finding.Cause.English, StringComparison.Ordinal);
        Assert.Equal(RuleOf(name), finding.Rule);
        Assert.StartsWith("https://", finding.Source, StringComparison.Ordinal);
        Assert.All(finding.Remedies, remedy => Assert.NotEmpty(remedy.Command));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_busy_and_well_is_no_finding(string name)
    {
        var judgement = RuleTable.Find(RuleOf(name))!.Apply(AllCases.All[name].Fine.Input());
        Assert.NotEqual(CheckResult.Found, judgement.Result);
        Assert.Empty(judgement.Findings);
    }

    [Theory]
    [MemberData(nameof(CasesBetween))]
    public void Between_its_marks_nothing_opens_and_what_is_open_stays(string name)
    {
        var between = AllCases.All[name].Between!;
        Assert.NotEqual(CheckResult.Found, between.Judge(RuleOf(name)).Result);
        Assert.Equal(CheckResult.Found, between.Judge(RuleOf(name), Found(name)).Result);
    }

    [Theory]
    [MemberData(nameof(CasesMissing))]
    public void What_is_not_known_cannot_be_judged_and_is_never_a_finding(string name)
    {
        var judgement = AllCases.All[name].Missing!.Judge(RuleOf(name));
        Assert.Equal((CheckResult.Unknown, 0), (judgement.Result, judgement.Findings.Length));
        Assert.NotEmpty(judgement.Told.English);
    }

    [Fact]
    public void Without_a_reading_only_the_monitor_itself_is_judged()
    {
        var input = new DiagnosisInput { Own = null, Failure = new("denied", "被拒绝"), Pace = SampleReports.Pace };
        var judged = RuleTable.All.Where(rule => rule.Apply(input).Result != CheckResult.Unknown).Select(rule => rule.Id);
        Assert.Equal("reading sampling_slow", string.Join(' ', judged));
        Assert.Equal(Severity.Critical, RuleTable.Find("reading")!.Apply(input).Findings[0].Level);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_finding_reads_as_committed_in_both_languages(string name)
    {
        var health = new Health
        {
            Open = [new FindingRecord(Found(name), SampleReports.At, null, AllCases.All[name].Level)],
            Checks = [new Check(RuleOf(name), RuleTable.Find(RuleOf(name))!.What, CheckResult.Found, RuleTable.Find(RuleOf(name))!.Apply(AllCases.Input(name, AllCases.All[name].Bad)).Told)],
        };
        var examination = new Examination { HostName = "edge-1", Kernel = "6.12.9-amd64", Namespace = "host", At = SampleReports.At, Watched = TimeSpan.FromSeconds(5), Health = health };
        string pages = DoctorView.Render(examination, Language.English, default, 80) + "\n" + DoctorView.Render(examination, Language.Chinese, default, 80);
        CommandRun.AssertFits(pages);
        Golden.Match("finding." + name.Replace(' ', '-'), pages);
    }

    [Fact]
    public void No_finding_is_made_of_more_than_five_subjects()
    {
        var scene = new Scene { Sockets = [.. Enumerable.Range(1, 30).Select(i => Zabbix.SampleDetails.Listener("0.0.0.0", 1000 + i, 101, 100))] };
        Assert.Equal(Rule.FindingsMaximum, scene.Judge("accept_queue").Findings.Length);
    }

    [Theory]
    [InlineData(6L, null, 127)]
    [InlineData(6L, 4L, 131)]
    [InlineData(20L, 4L, 1811)]
    public void An_attempt_to_connect_lasts_as_long_as_the_kernel_has_patience(long retries, long? linear, int seconds)
    {
        var scene = AllCases.All["syn_sent_silent"].Bad;
        scene = scene with { Limits = scene.Limits with { SynRetries = retries, SynLinearTimeouts = linear } };
        Assert.Contains($"One attempt lasts about {seconds} s", scene.Judge("syn_sent_silent").Findings[0].Advice.English, StringComparison.Ordinal);
    }

    private static string RuleOf(string name) => name.Split(' ')[0];

    private static Finding Found(string name)
    {
        var judgement = RuleTable.Find(RuleOf(name))!.Apply(AllCases.Input(name, AllCases.All[name].Bad));
        Assert.Equal(CheckResult.Found, judgement.Result);
        return judgement.Findings[0];
    }

    /// <summary>What a site sets moves both marks: where a finding opens, and where it closes.</summary>
    [Theory]
    [InlineData(50, 40, Severity.Ok, Severity.Ok)]
    [InlineData(40, 40, Severity.Ok, Severity.Warning)]
    [InlineData(48, 40, Severity.Warning, Severity.Warning)]
    [InlineData(52, 40, Severity.Warning, Severity.Ok)]
    public void A_threshold_of_ones_own_counts(double threshold, uint queue, Severity open, Severity found)
    {
        var scene = new Scene { Sockets = [SampleDetails.Listener("0.0.0.0", 443, queue, 100)] };
        var known = new Dictionary<FindingKey, Severity> { [new FindingKey("accept_queue", SubjectKind.Port, "443")] = open };
        var judgement = RuleTable.Find("accept_queue")!.Apply(scene.Input(known) with { Thresholds = new Thresholds { AcceptQueueWarning = threshold } });
        Assert.Equal(found, judgement.Findings.Select(one => one.Level).DefaultIfEmpty(Severity.Ok).Single());
    }

    [Fact]
    public void How_long_a_leak_has_to_last_can_be_set()
    {
        var doctor = new Diagnostician { Thresholds = new Thresholds { CloseWaitAge = TimeSpan.FromSeconds(3) } };
        var reading = new Scene { Sockets = Scene.Many(40, TcpState.CloseWait) }.Reading;
        int[] open = [.. Enumerable.Range(0, 5).Select(second => doctor.Next(reading, null, null, reading.At.AddSeconds(second), TimeSpan.FromSeconds(second)).Open.Length)];
        Assert.Equal([0, 0, 0, 1, 1], open);
    }

    [Fact]
    public void What_was_usual_at_this_hour_stands_beside_what_is_now()
    {
        var scene = new Scene { Sockets = Scene.Many(40, TcpState.CloseWait) };
        var usual = Usual.Unknown with { Yesterday = Usual.Unknown.Yesterday.Add("sockets.close_wait", 12.5), LastWeek = Usual.Unknown.LastWeek.Add("sockets.close_wait", 0.25) };
        var evidence = RuleTable.Find("close_wait_leak")!.Apply(scene.Input() with { Usual = usual }).Findings[0].Evidence;
        Assert.Equal(12.5, evidence.Single(one => one.Name == "close_wait_yesterday").Value);
        Assert.Equal(("3.2 times", "3.2 倍"), evidence.Single(one => one.Name == "close_wait_against_yesterday").Text is var text ? (text.English, text.Chinese) : default);
        Assert.Equal(0.25, evidence.Single(one => one.Name == "close_wait_last_week").Value);
        // Of next to none everything is a multiple.
        Assert.DoesNotContain(evidence, one => one.Name == "close_wait_against_last_week");
    }

    [Theory]
    [InlineData("slow_handshakes", "sockets.syn_recv", "syn_recv")]
    [InlineData("closing_stuck", "sockets.closing", "closing")]
    [InlineData("ephemeral_ports", Usual.BusiestPorts, "used")]
    [InlineData("orphans", Usual.Orphans, "orphans")]
    [InlineData("tcp_memory", Usual.Memory, "memory")]
    [InlineData("established_idle", "sockets.established", "established")]
    public void A_rule_compares_with_the_series_that_the_history_keeps(string rule, string series, string name)
    {
        var usual = Usual.Unknown with { Yesterday = Usual.Unknown.Yesterday.Add(series, 2) };
        Assert.Contains(Usual.Series, one => one.Id == series);
        var evidence = RuleTable.Find(rule)!.Apply(AllCases.All[rule].Bad.Input() with { Usual = usual }).Findings[0].Evidence;
        Assert.Equal(2, evidence.Single(one => one.Name == $"{name}_yesterday").Value);
        Assert.True(evidence.Single(one => one.Name == $"{name}_against_yesterday").Value > 0);
    }

    [Fact]
    public void Only_the_busiest_destination_is_compared_with_the_busiest_of_then()
    {
        var scene = AllCases.All["ephemeral_ports"].Bad;
        scene = scene with { Sockets = [.. scene.Sockets, .. Scene.Outgoing(20, TcpState.TimeWait, to: "192.0.2.51")] };
        var findings = RuleTable.Find("ephemeral_ports")!.Apply(scene.Input() with { Usual = Usual.Unknown with { Yesterday = Usual.Unknown.Yesterday.Add(Usual.BusiestPorts, 2) } }).Findings;
        Assert.Equal([true, false], findings.Select(finding => finding.Evidence.Any(one => one.Name == "used_yesterday")));
    }
}
