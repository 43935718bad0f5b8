using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using TcpLens.CommandLine;
using TcpLens.Core.Text;
using TcpLens.Outputs.Terminal.States;

namespace TcpLens.Commands;

/// <summary><c>tcplens watch</c>: the table in place, with what changed and a sparkline per state.</summary>
internal static class WatchCommand
{
    private const double ShortestSeconds = 0.1;
    private const double LongestSeconds = 86400;
    private const string EnterScreen = "\e[?1049h\e[?25l";
    private const string LeaveScreen = "\e[?25h\e[?1049l";
    private const string Home = "\e[H";
    private const string EraseToEndOfLine = "\e[K\n";
    private const string EraseBelow = "\e[J";

    private static readonly ValueOption s_interval = new("--interval", "SECONDS", new("seconds between readings, 0.1 to 86400 (default 1)", "两次读取的间隔秒数，0.1 到 86400（默认 1）"), "-n");
    private static readonly ValueOption s_count = new("--count", "N", new("stop after N readings", "读取 N 次后结束"), "-c");

    public static DescribedCommand Create(Surroundings around)
    {
        var command = new DescribedCommand("watch", new("the eleven states in place, with change and sparkline", "原地刷新十一种状态，显示变化与走势"))
        {
            Details = new("Ends with Ctrl-C. In a pipe it prints one table after the other.", "按 Ctrl-C 结束。在管道中则依次打印每个表。"),
            Examples = [new("tcplens watch -n 5", new("every five seconds", "每五秒一次"))],
        };
        foreach (var option in new Option[] { s_interval, s_count, GlobalOptions.Netns, GlobalOptions.Source })
            command.Add(option);
        command.SetAction(parsed => Run(parsed, around));
        return command;
    }

    private static int Run(ParseResult parsed, Surroundings around)
    {
        var session = Session.Of(parsed, around);
        var interval = TimeSpan.FromSeconds(Number(s_interval, parsed.GetValue(s_interval), 1, ShortestSeconds, LongestSeconds));
        long readings = (long)Number(s_count, parsed.GetValue(s_count), long.MaxValue, 1, long.MaxValue);
        var view = new WatchView();
        using var end = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        if (around.IsTerminal)
            session.Print(EnterScreen);
        try
        {
            for (long i = 0; i < readings && !end.IsCancellationRequested; i++)
            {
                if (i > 0 && end.Token.WaitHandle.WaitOne(interval))
                    break;
                var reading = around.Kernel.Read(parsed.GetValue(GlobalOptions.Netns), Session.SourceOf(parsed));
                string frame = view.Next(reading, session.Language, session.Style);
                session.Print(around.IsTerminal ? Home + frame.Replace("\n", EraseToEndOfLine, StringComparison.Ordinal) + EraseBelow : frame + "\n");
            }
        }
        finally
        {
            if (around.IsTerminal)
                session.Print(LeaveScreen);
        }

        return ExitCode.Success;

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            end.Cancel();
        }
    }

    private static double Number(ValueOption option, string? text, double standard, double least, double most)
    {
        if (text is null)
            return standard;
        if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) || number < least || number > most)
            throw new UsageException(new Phrase("{0} takes a number from {1} to {2}, not '{3}'", "{0} 需要 {1} 到 {2} 之间的数，而不是“{3}”").With(option.Name, least, most, text));
        return number;
    }
}
