using TcpLens.Core.Monitoring;
using TcpLens.Linux.Namespaces;
using TcpLens.LocalSocket;
using TcpLens.TestKit;
using TcpLens.UnitTests.Diagnosis;
using TcpLens.UnitTests.Monitoring;
using TcpLens.UnitTests.Zabbix;
using Xunit;

namespace TcpLens.UnitTests.CommandLine;

/// <summary><c>tcplens doctor</c> beside a resident monitor, and by thresholds of one's own.</summary>
[Collection(CommandRun.Collection)]
public sealed class DoctorOfMonitor : IDisposable
{
    // A quarter of an hour after the leak was first seen.
    private static readonly Report s_leaking = SampleReports.Tick(900) with
    {
        Health = StatesDocuments.Leak with { Open = [StatesDocuments.Leak.Open[0] with { Opened = SampleReports.Tick(0).At }] },
    };

    private readonly string _directory = Directory.CreateTempSubdirectory("tcplens-doctor-").FullName;
    private readonly FakeKernel _kernel = new() { Readings = [SampleReadings.Rich], Detailed = new Scene().Reading };

    private string SocketPath => Path.Combine(_directory, "socket");

    private CommandRun.World World => new() { Clock = new HastyClock(), Resident = new LocalClient(name => name == LocalClient.PathVariable ? SocketPath : null) };

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public async Task It_tells_what_the_monitor_knows(string language)
    {
        await using var server = Start(s_leaking);
        var run = CommandRun.In(World, _kernel, "doctor", "--lang", language);
        Assert.Equal((3, ""), (run.Code, run.Error));
        CommandRun.AssertFits(run.Output);
        Golden.Match($"doctor.monitor.{language}", System.Text.RegularExpressions.Regex.Replace(run.Output, "^edge-1 .*", "edge-1 ...", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        string json = CommandRun.In(World, _kernel, "doctor", "--json").Output;
        Assert.Contains("\"watched_by\":\"monitor\"", json, StringComparison.Ordinal);
        Assert.Contains("\"first_seen\":\"", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--fresh")]
    [InlineData("--seconds", "2")]
    [InlineData("--netns", "web")]
    [InlineData("--source", "proc")]
    public async Task It_looks_itself_when_it_is_told_to(params string[] options)
    {
        await using var server = Start(s_leaking);
        Assert.Contains("\"watched_by\":\"doctor\"", CommandRun.In(World, _kernel, ["doctor", "--json", .. options]).Good(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_looks_itself_where_the_monitor_has_just_started()
    {
        await using var server = Start(s_leaking with { Uptime = TimeSpan.FromSeconds(3) });
        Assert.Contains("watched for 5 s", CommandRun.In(World, _kernel, "doctor").Good(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_examination_is_none()
    {
        byte[] whole = ExaminationCodec.ToBytes(s_leaking.ToExamination());
        Assert.True(ExaminationCodec.TryParse(whole, out _));
        for (int length = 0; length < whole.Length; length++)
            Assert.False(ExaminationCodec.TryParse(whole[..length], out _), $"{length} of {whole.Length} bytes");
    }

    [Fact]
    public void It_judges_by_the_thresholds_of_the_configuration()
    {
        var kernel = new FakeKernel { Readings = [SampleReadings.Rich], Detailed = new Scene { Sockets = [SampleDetails.Listener("0.0.0.0", 443, 30, 100)] }.Reading };
        string file = Path.Combine(_directory, "tcplens.toml");
        File.WriteAllText(file, "[thresholds]\naccept_queue_warning = 25\n");
        Assert.Contains("WARNING  port 443  accept_queue", CommandRun.In(World, kernel, "doctor", "--config", file).Output, StringComparison.Ordinal);
        File.WriteAllText(file, "[thresholds]\naccept_queue_warning = 31\n");
        CommandRun.In(World, kernel, "doctor", "--config", file).Good();
        File.WriteAllText(file, "[thresholds]\naccept_queue_critical = 20\n");
        Assert.Contains("50.0 is above accept_queue_critical (20.0)", CommandRun.In(World, kernel, "doctor", "--config", file).Refused(), StringComparison.Ordinal);
    }

    private LocalServer Start(Report report) => LocalServer.Start(SocketPath, null, OwnNamespace.Inode, _ => Task.FromResult(report));
}
