using System.CommandLine;
using System.Globalization;
using TcpLens.CommandLine;
using TcpLens.Core.Diagnosis;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;
using TcpLens.Linux.Reading;
using TcpLens.Outputs.Json;
using TcpLens.Outputs.Terminal.Doctor;

namespace TcpLens.Commands;

/// <summary><c>tcplens doctor</c>: what is wrong, why, and what to do.</summary>
internal static class DoctorCommand
{
    private const int UsualSeconds = 5;
    private const int FewestSeconds = 2;
    private const int MostSeconds = 3600;

    /// <summary>Rates exist from the second reading on: a condition has so much less time to be seen than is watched.</summary>
    private static readonly TimeSpan s_slack = TimeSpan.FromSeconds(1.5);

    private static readonly TimeSpan s_step = TimeSpan.FromSeconds(1);

    /// <summary>Seconds from one look for silent connections to the next: they cost more than a reading.</summary>
    private const int IdleStep = 60;

    private static readonly ValueOption s_seconds = new("--seconds", "N", new("how long to watch, 2 to 3600 (default 5)", "观察多少秒，2 到 3600（默认 5）"), "-n");
    private static readonly SwitchOption s_fresh = new("--fresh", new("look now, even where a resident monitor knows more", "立即自行观察，不询问常驻监控"));
    private static readonly SettingOptions s_settings = new([]);
    private static readonly SwitchOption s_json = new("--json", new("one JSON document", "输出一个 JSON 文档"));

    public static DescribedCommand Create(Surroundings around)
    {
        var command = new DescribedCommand("doctor", new("what is wrong, why, and what to do about it", "诊断：有什么问题、原因及处理办法"))
        {
            Details = new(
                "Reads the host each second, for rates, and judges what lasts: queues, leaks, ports, memory, retransmissions, dangerous settings, each against the kernel's own limits. It changes nothing: commands are printed to be copied. "
                + "Where a resident monitor (tcplens serve) watches this namespace, it is asked first: it has watched for longer, and knows since when a finding is open. --fresh, --seconds, --netns and --source look anew, by the thresholds of the configuration. "
                + "Ends with 0 when nothing needs attention (notices do not), with 3 when something does. Watch for a minute to be surer of leaks.",
                "每秒读取一次主机以得到速率，并判断持续存在的情况：队列、泄漏、端口、内存、重传、危险的设置，均与内核自身的上限相比。它不作任何更改：命令仅供复制。如有常驻监控（tcplens serve）在观察此命名空间，则先询问它：它观察得更久，并知道问题从何时开始。--fresh、--seconds、--netns 与 --source 会重新观察，阈值取自配置。没有需要处理的问题时以 0 结束（提示不算），否则以 3 结束。观察一分钟可更确定是否泄漏。"),
            Examples =
            [
                new("tcplens doctor", new("what the monitor knows; without one watch five seconds", "常驻监控已知的情况；没有时观察五秒")),
                new("tcplens doctor --seconds 60", new("watch a minute", "观察一分钟")),
                new("tcplens doctor --json --netns web", new("for programs, of another namespace", "供程序使用，诊断另一个命名空间")),
            ],
        };
        foreach (var option in new Option[] { s_seconds, s_fresh, s_json, GlobalOptions.Netns, GlobalOptions.Source }.Concat(s_settings.All))
            command.Add(option);
        command.SetAction(parsed => Run(parsed, around));
        return command;
    }

    private static int Run(ParseResult parsed, Surroundings around)
    {
        var session = Session.Of(parsed, around);
        int seconds = Seconds(parsed.GetValue(s_seconds));
        string? netns = parsed.GetValue(GlobalOptions.Netns);
        if (netns == HostReader.All)
            throw new UsageException(new Phrase("doctor examines one namespace at a time: name one", "doctor 一次只诊断一个命名空间：请指定名称"));
        bool mayAsk = !parsed.GetValue(s_fresh) && parsed.GetResult(s_seconds) is null or { Implicit: true } && netns is null && Session.SourceOf(parsed) == SourceChoice.Auto;
        var examination = (mayAsk ? Known(around) : null) ?? Examine(around, netns, Session.SourceOf(parsed), seconds, s_settings.Load(parsed, around).Settings.Thresholds);
        if (parsed.GetValue(s_json))
            session.Print(output => DoctorJson.Write(examination, ProductVersion.Text, output));
        else
            session.Print(DoctorView.Render(examination, session.Language, session.Style, session.TextColumns));
        return examination.IsHealthy ? ExitCode.Success : ExitCode.Found;
    }

    // One that has just started knows less than a look of one's own.
    private static Examination? Known(Surroundings around) =>
        around.Resident?.Examination() is { } known && known.Watched >= TimeSpan.FromSeconds(UsualSeconds) && !known.Health.Checks.IsEmpty ? known : null;

    private static Examination Examine(Surroundings around, string? netns, SourceChoice source, int seconds, Thresholds thresholds)
    {
        var diagnostician = new Diagnostician(TimeSpan.FromSeconds(seconds) - s_slack) { Thresholds = thresholds };
        long begin = around.Clock.GetTimestamp();
        var health = Health.Unknown;
        var watched = TimeSpan.Zero;
        for (int i = 0; i <= seconds; i++)
        {
            var wait = (i * s_step) - around.Clock.GetElapsedTime(begin);
            if (wait > TimeSpan.Zero)
                Task.Delay(wait, around.Clock).GetAwaiter().GetResult();
            watched = around.Clock.GetElapsedTime(begin);
            // The first look is for the descriptors of the processes, the last one names the owners of what was found.
            if (i == 0 || (i == seconds && health.Checks.Any(check => check.Result == CheckResult.Found)))
                diagnostician.Owners = around.Kernel.CountOwners(netns, source);
            if (i % IdleStep == 0 && source != SourceChoice.Proc)
                diagnostician.Idle = around.Kernel.CountIdle(thresholds.IdleAge, netns);
            health = diagnostician.Next(around.Kernel.ReadDetailed(netns, source), null, null, around.Clock.GetLocalNow(), watched);
        }

        var host = around.Kernel.Read(netns, source);
        return new Examination
        {
            HostName = host.HostName,
            Kernel = host.Kernel,
            Namespace = host.Namespaces[0].Name,
            At = around.Clock.GetLocalNow(),
            Watched = watched,
            Health = health,
        };
    }

    private static int Seconds(string? text)
    {
        if (text is null)
            return UsualSeconds;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) || seconds is < FewestSeconds or > MostSeconds)
            throw new UsageException(new Phrase("{0} takes a number from {1} to {2}, not '{3}'", "{0} 需要 {1} 到 {2} 之间的数，而不是“{3}”").With(s_seconds.Name, FewestSeconds, MostSeconds, text));
        return seconds;
    }
}
