using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using TcpLens.CommandLine;
using TcpLens.Core.Text;
using TcpLens.Outputs.Json;
using TcpLens.Outputs.Terminal;
using TcpLens.Outputs.Terminal.States;

namespace TcpLens.Commands;

/// <summary><c>tcplens watch</c>: the table in place, with what changed and a sparkline per state.</summary>
internal static class WatchCommand
{
    private const double ShortestSeconds = 0.1;
    private const double LongestSeconds = 86400;
    private const long MostReadings = 1_000_000_000;
    private const string EnterScreen = "\e[?1049h\e[?25l";
    private const string LeaveScreen = "\e[?25h\e[?1049l";
    private const string Home = "\e[H";
    private const string EraseLine = "\e[K";
    private const string EraseBelow = "\e[J";

    private static readonly ValueOption s_interval = new("--interval", "SECONDS", new("seconds between readings, 0.1 to 86400 (default 1)", "两次读取的间隔秒数，0.1 到 86400（默认 1）"), "-n");
    private static readonly ValueOption s_count = new("--count", "N", new("stop after N readings", "读取 N 次后结束"), "-c");

    private static readonly SwitchOption s_json = new("--json", new("one JSON document after the other, those of states --json", "依次输出 JSON 文档，格式同 states --json"));

    public static DescribedCommand Create(Surroundings around)
    {
        var command = new DescribedCommand("watch", new("the eleven states in place, with change and sparkline", "原地刷新十一种状态，显示变化与走势"))
        {
            Details = new("Ends with Ctrl-C. In a pipe it prints one table after the other.", "按 Ctrl-C 结束。在管道中则依次打印每个表。"),
            Examples =
            [
                new("tcplens watch -n 5", new("every five seconds", "每五秒一次")),
                new("tcplens watch --json | jq .states.close_wait.total", new("one number as it grows", "观察某个数值的变化")),
            ],
        };
        foreach (var option in new Option[] { s_interval, s_count, s_json, GlobalOptions.Netns, GlobalOptions.Source })
            command.Add(option);
        command.SetAction(parsed => Run(parsed, around));
        return command;
    }

    private static int Run(ParseResult parsed, Surroundings around)
    {
        var session = Session.Of(parsed, around);
        var interval = Interval(parsed.GetValue(s_interval));
        long? readings = Count(parsed.GetValue(s_count));
        string? netns = parsed.GetValue(GlobalOptions.Netns);
        var source = Session.SourceOf(parsed);
        bool json = parsed.GetValue(s_json), onScreen = around.IsTerminal && !json;
        var view = new WatchView();
        using var end = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, Stop);
        if (onScreen)
            session.Print(EnterScreen);
        try
        {
            for (long i = 1; !end.IsCancellationRequested; i++)
            {
                long begin = around.Clock.GetTimestamp();
                var reading = around.Kernel.Read(netns, source);
                if (json)
                {
                    session.Print(output => StatesJson.Write(reading, output));
                }
                else
                {
                    string frame = view.Next(reading, session.Language, session.Style);
                    session.Print(onScreen ? OnScreen(frame, session.Columns) : frame + "\n");
                }

                if (i == readings)
                    break;
                Wait(interval - around.Clock.GetElapsedTime(begin), around.Clock, end.Token);
            }
        }
        finally
        {
            if (onScreen)
                session.Print(LeaveScreen);
        }

        return ExitCode.Success;

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            end.Cancel();
        }
    }

    // A line that is wider than the terminal would take two and push the picture out of its place. Erased is before writing: behind a
    // line as wide as the terminal the cursor still stands on its last character.
    private static string OnScreen(string frame, int columns)
    {
        string[] lines = [.. frame.TrimEnd('\n').Split('\n').Select(line => Style.Cut(line, columns))];
        return Home + string.Concat(lines[..^1].Select(line => EraseLine + line + "\n")) + EraseBelow + lines[^1];
    }

    private static void Wait(TimeSpan time, TimeProvider clock, CancellationToken end)
    {
        try
        {
            if (time > TimeSpan.Zero)
                Task.Delay(time, clock, end).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C: the loop sees it.
        }
    }

    private static TimeSpan Interval(string? text)
    {
        if (text is null)
            return TimeSpan.FromSeconds(1);
        if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) || seconds is not (>= ShortestSeconds and <= LongestSeconds))
            throw new UsageException(OutOfRange.With(s_interval.Name, ShortestSeconds, LongestSeconds, text));
        return TimeSpan.FromSeconds(seconds);
    }

    private static long? Count(string? text)
    {
        if (text is null)
            return null;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long count) || count is < 1 or > MostReadings)
            throw new UsageException(OutOfRange.With(s_count.Name, 1, MostReadings, text));
        return count;
    }

    private static Phrase OutOfRange { get; } = new("{0} takes a number from {1} to {2}, not '{3}'", "{0} 需要 {1} 到 {2} 之间的数，而不是“{3}”");
}
