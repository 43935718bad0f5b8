using System.CommandLine;
using System.CommandLine.Parsing;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using TcpLens.CommandLine;
using TcpLens.Core.Model;
using TcpLens.Core.Text;
using TcpLens.Linux.Lab;

namespace TcpLens.Commands;

/// <summary><c>tcplens lab</c>: real sockets in the wanted states in a private namespace, and a command that sees them.</summary>
internal static class LabCommand
{
    /// <summary>Not a state of its own: FIN_WAIT2 that no program holds any more.</summary>
    private const string Orphaned = "fin_wait2_orphaned";

    private static readonly SwitchOption s_ipv6 = new("--ipv6", new("IPv6 sockets instead of IPv4", "使用 IPv6 套接字而不是 IPv4"), "-6");
    private static readonly SwitchOption s_mapped = new("--v4mapped", new("IPv6 sockets that carry IPv4", "使用承载 IPv4 的 IPv6 套接字"));

    private static readonly WordsArgument s_words = new("STATE=COUNT", new("what to hold; then -- and the command (default: your shell)", "要保持的状态与数量；之后写 -- 和命令（默认启动 shell）"), ArgumentArity.OneOrMore)
    {
        Values = [.. TcpStates.All.Select(info => info.Name + "="), Orphaned + "="],
    };

    public static DescribedCommand Create(Surroundings around)
    {
        var command = new DescribedCommand("lab", new("hold real sockets in wanted states and run a command there", "制造处于指定状态的真实套接字，并在其中运行命令"))
        {
            Details = new(
                "Needs root. The sockets live in a network namespace of their own and go with it; the host's connections and settings are not touched. Use it to learn the states, or to ring your own alarm from end to end. fin_wait2_orphaned holds FIN_WAIT2 that no program owns. The exit code is that of the command.",
                "需要 root。套接字存在于单独的网络命名空间，随之消失；不影响本机的连接和设置。可用来学习各种状态，或端到端地验证自己的告警。fin_wait2_orphaned 表示没有程序持有的 FIN_WAIT2。退出码即该命令的退出码。"),
            Examples =
            [
                new("tcplens lab close_wait=50 time_wait=300 -- tcplens", new("the table of a host with a leak", "查看存在泄漏时的统计表")),
                new("tcplens lab --ipv6 syn_recv=100 -- ss -tan", new("what ss shows of a hundred half-open connections", "ss 如何显示一百个半开连接")),
                new("tcplens lab close_wait=500 -- zabbix_agentd -f -c lab.conf", new("an agent that sees the leak, to test a trigger", "让 agent 看到泄漏，以测试触发器")),
            ],
        };
        foreach (var option in new Option[] { s_ipv6, s_mapped })
            command.Add(option);
        command.Add(s_words);
        command.SetAction(parsed => Run(parsed, around));
        return command;
    }

    private static int Run(ParseResult parsed, Surroundings around)
    {
        var session = Session.Of(parsed, around);
        var (wanted, commandLine) = Split(parsed, around);
        var family = (parsed.GetValue(s_ipv6), parsed.GetValue(s_mapped)) switch
        {
            (true, true) => throw new UsageException(new Phrase("choose one of --ipv6 and --v4mapped", "--ipv6 与 --v4mapped 只能选一个")),
            (true, false) => LabFamily.IPv6,
            (false, true) => LabFamily.V4Mapped,
            _ => LabFamily.IPv4,
        };
        try
        {
            using var lab = StateLab.Create();
            foreach (var (state, count) in wanted)
            {
                if (state is { } known)
                    lab.Hold(known, count, family);
                else
                    lab.HoldOrphanFinWait2(count, family);
            }

            if (lab.OwnListeners > 0)
                session.PrintError(new Phrase("lab: SYN_RECV needs a listener: LISTEN has {0} more than asked for", "lab：SYN_RECV 需要监听套接字，LISTEN 比要求的多 {0} 个").With(lab.OwnListeners));
            return RunInside(lab, commandLine);
        }
        catch (LabException failure)
        {
            throw new FailureException(failure.Reason);
        }
    }

    // Everything before "--" is STATE=COUNT; everything behind it is the command, options and all.
    private static (List<(TcpState? State, int Count)> Wanted, string[] CommandLine) Split(ParseResult parsed, Surroundings around)
    {
        string[] words = parsed.GetValue(s_words) ?? [];
        var tokens = parsed.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Skip(1).Select(token => token.Value).ToArray();
        string[] holds = words[..(words.Length - tokens.Length)];
        if (holds.Length == 0)
            throw new UsageException(new Phrase("nothing to hold: name at least one STATE=COUNT before --", "没有指定要保持的状态：请在 -- 之前写出至少一个 STATE=COUNT"));
        return ([.. holds.Select(Wanted)], tokens.Length > 0 ? tokens : [around.Environment("SHELL") ?? "/bin/sh"]);
    }

    private static (TcpState? State, int Count) Wanted(string word)
    {
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? word : word[..equals];
        if (equals < 0 || !int.TryParse(word.AsSpan(equals + 1), System.Globalization.NumberStyles.None, null, out int count))
            throw new UsageException(new Phrase("'{0}' is not of the form STATE=COUNT; the command to run comes after --", "“{0}”不是 STATE=COUNT 的形式；要运行的命令写在 -- 之后").With(word));
        if (name == Orphaned)
            return (null, count);
        if (!TcpStates.TryParse(name, out var info))
            throw UsageException.Unknown(new Phrase("state", "状态"), name, [.. TcpStates.All.Select(one => one.Name), Orphaned]);
        return (info.State, count);
    }

    private static int RunInside(StateLab lab, string[] commandLine)
    {
        // Ctrl-C belongs to the command; the lab goes when the command has gone.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, context => context.Cancel = true);
        Process process;
        try
        {
            process = lab.Start(commandLine[0], commandLine[1..]);
        }
        catch (Win32Exception missing)
        {
            throw new FailureException(new Phrase("{0}: cannot be started: {1}", "{0}：无法启动：{1}").With(commandLine[0], Marshal.GetPInvokeErrorMessage(missing.NativeErrorCode)));
        }

        using (process)
        {
            using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => End(context, process));
            using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => End(context, process));
            process.WaitForExit();
            return process.ExitCode;
        }
    }

    private static void End(PosixSignalContext context, Process process)
    {
        context.Cancel = true;
        process.Kill(entireProcessTree: true);
    }
}
