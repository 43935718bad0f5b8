using System.Text.Json;
using TcpLens.Core.Diagnosis;
using TcpLens.Core.Model;
using TcpLens.Core.Readings;
using TcpLens.TestKit;
using TcpLens.UnitTests.Diagnosis;
using TcpLens.UnitTests.Zabbix;
using Xunit;

namespace TcpLens.UnitTests.CommandLine;

/// <summary><c>tcplens doctor</c>: what it prints and how it ends, on a host that is well and on one that is not.</summary>
[Collection(CommandRun.Collection)]
public sealed class DoctorOutputs
{
    private static readonly DetailedReading s_well = new Scene { Sockets = [SampleDetails.Listener("0.0.0.0", 443, 3, 511), .. Scene.Established(200)] }.Reading;

    private static readonly DetailedReading s_ill = new Scene
    {
        Sockets =
        [
            SampleDetails.Listener("0.0.0.0", 443, 101, 100),
            .. Scene.Established(30),
            .. Scene.Many(12, TcpState.CloseWait),
        ],
    }.Reading;

    [Theory]
    [InlineData("well", "en")]
    [InlineData("well", "zh")]
    [InlineData("ill", "en")]
    [InlineData("ill", "zh")]
    public void The_page_reads_as_committed_and_fits_80_columns(string host, string language)
    {
        var run = Doctor(host == "well" ? s_well : s_ill, "--lang", language);
        Assert.Equal((host == "well" ? 0 : 3, ""), (run.Code, run.Error));
        CommandRun.AssertFits(run.Output);
        Golden.Match($"doctor.{host}.{language}", run.Output);
    }

    [Theory]
    [InlineData("well")]
    [InlineData("ill")]
    public void The_document_reads_as_committed(string host)
    {
        string json = Doctor(host == "well" ? s_well : s_ill, "--json").Output;
        Golden.Match($"doctor.{host}.json", System.Text.RegularExpressions.Regex.Replace(json, "\"version\":\"[^\"]*\"", "\"version\":\"VERSION\"", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        using var document = JsonDocument.Parse(json);
        Assert.Equal(host == "well" ? 0 : 2, document.RootElement.GetProperty("findings").GetArrayLength());
        Assert.Equal(RuleTable.All.Length, document.RootElement.GetProperty("checks").GetArrayLength());
        Assert.Equal(host == "well", document.RootElement.GetProperty("healthy").GetBoolean());
    }

    [Fact]
    public void A_condition_that_does_not_last_is_told_as_such_and_harms_nobody()
    {
        var run = CommandRun.In(World, new FakeKernel { Readings = [SampleReadings.Rich], DetailedReadings = [s_well, s_well, s_well, s_well, s_well, s_ill] }, "doctor");
        Assert.Equal(0, run.Code);
        Assert.Contains("Seen, but it did not last", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_notice_is_told_and_the_host_counts_as_healthy()
    {
        var run = Doctor(new Scene { Limits = SampleDetails.Limits with { AbortOnOverflow = 1 } }.Reading);
        Assert.Equal(0, run.Code);
        Assert.Contains("NOTICE", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_namespace_and_the_source_are_handed_on()
    {
        var kernel = new FakeKernel { Readings = [SampleReadings.Rich], Detailed = s_well };
        CommandRun.In(World, kernel, "doctor", "--netns", "web", "--source", "proc").Good();
        Assert.Equal(("web", Linux.Reading.SourceChoice.Proc), (kernel.AskedNetns, kernel.AskedSource));
    }

    [Theory]
    [InlineData("--seconds", "1")]
    [InlineData("--seconds", "3601")]
    [InlineData("--seconds", "x")]
    [InlineData("--netns", "all")]
    public void What_cannot_be_watched_is_refused(params string[] arguments) => Doctor(s_well, arguments).Refused();

    /// <summary>The pages of the reference name every rule, so that a finding's name leads somewhere.</summary>
    [Theory]
    [InlineData("doctor.md")]
    [InlineData("doctor.zh.md")]
    public void The_reference_names_every_rule(string page)
    {
        string text = File.ReadAllText(RepositoryRoot.Of("docs", "reference", page));
        Assert.All(RuleTable.All, rule => Assert.Contains($"| `{rule.Id}` |", text, StringComparison.Ordinal));
    }

    private static CommandRun.World World => new() { Clock = new HastyClock() };

    private static CommandRun Doctor(DetailedReading reading, params string[] arguments) =>
        CommandRun.In(World, new FakeKernel { Readings = [SampleReadings.Rich], Detailed = reading }, ["doctor", .. arguments]);
}
