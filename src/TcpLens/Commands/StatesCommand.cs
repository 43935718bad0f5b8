using System.CommandLine;
using TcpLens.CommandLine;
using TcpLens.Core.Readings;
using TcpLens.Core.Text;
using TcpLens.Linux.Reading;
using TcpLens.Outputs.Csv;
using TcpLens.Outputs.Json;
using TcpLens.Outputs.Prometheus;
using TcpLens.Outputs.Terminal.States;

namespace TcpLens.Commands;

/// <summary><c>tcplens</c> and <c>tcplens states</c>: the eleven states, now.</summary>
internal static class StatesCommand
{
    private static readonly SwitchOption s_json = new("--json", new("one JSON document", "输出一个 JSON 文档"));
    private static readonly SwitchOption s_csv = new("--csv", new("CSV with a heading", "输出带表头的 CSV"));
    private static readonly SwitchOption s_prometheus = new("--prometheus", new("Prometheus text format", "输出 Prometheus 文本格式"));

    /// <summary>The program itself, without a command: the table.</summary>
    public static DescribedCommand Root(Surroundings around)
    {
        var root = new DescribedCommand(CommandTree.Name, new(
            "shows the TCP connections of this host in all eleven states", "查看本机处于全部十一种状态的 TCP 连接"))
        {
            Details = new(
                "Without a command it prints the table of the eleven states in the caller's own network namespace. Counting needs no privilege.",
                "不带命令时，打印当前网络命名空间中十一种状态的统计表。统计无需任何特权。"),
            Examples =
            [
                new("tcplens", new("the eleven states, now", "当前十一种状态")),
                new("tcplens watch", new("the same, every second, with what changed", "每秒刷新，并显示变化")),
                new("tcplens list state:close_wait", new("the connections that wait to be closed", "列出等待关闭的连接")),
                new("tcplens explain time_wait", new("what TIME_WAIT is and what to do about it", "解释 TIME_WAIT 及处理办法")),
                new("tcplens zabbix get TIME_WAIT", new("one number, for a Zabbix item", "输出一个数字，供 Zabbix 监控项使用")),
            ],
        };
        root.Add(GlobalOptions.Netns);
        root.Add(GlobalOptions.Source);
        root.SetAction(parsed => Table(parsed, around));
        return root;
    }

    public static DescribedCommand Create(Surroundings around)
    {
        var command = new DescribedCommand("states", new("the eleven states, for people or for programs", "十一种状态，供人或程序读取"))
        {
            Details = new(
                "In JSON and Prometheus all states are always there, at zero too. CLOSE is null (JSON), empty (CSV) or absent (Prometheus) where the kernel cannot tell it.",
                "JSON 与 Prometheus 输出始终包含全部状态，为零也不省略。内核无法得知 CLOSE 时，JSON 为 null，CSV 为空，Prometheus 中不出现。"),
            Examples =
            [
                new("tcplens states --json", new("all counts of one reading as JSON", "以 JSON 输出一次读取的全部计数")),
                new("tcplens states --netns all --csv", new("every network namespace of this host", "本机的每一个网络命名空间")),
            ],
        };
        foreach (var option in new Option[] { s_json, s_csv, s_prometheus, GlobalOptions.Netns, GlobalOptions.Source })
            command.Add(option);
        command.SetAction(parsed => Run(parsed, around));
        return command;
    }

    private static int Run(ParseResult parsed, Surroundings around)
    {
        bool json = parsed.GetValue(s_json), csv = parsed.GetValue(s_csv), prometheus = parsed.GetValue(s_prometheus);
        if ((json ? 1 : 0) + (csv ? 1 : 0) + (prometheus ? 1 : 0) > 1)
            throw new UsageException(new Phrase("choose one of --json, --csv and --prometheus", "--json、--csv、--prometheus 只能选一个"));
        if (!json && !csv && !prometheus)
            return Table(parsed, around);
        var session = Session.Of(parsed, around);
        var reading = Read(parsed, around, countOthers: false);
        session.Print(output =>
        {
            if (json)
                StatesJson.Write(reading, output);
            else if (csv)
                StatesCsv.Write(reading, output);
            else
                StatesExposition.Write(reading, output);
        });
        return reading.Whole is null ? ExitCode.Failure : ExitCode.Success;
    }

    private static int Table(ParseResult parsed, Surroundings around)
    {
        var session = Session.Of(parsed, around);
        var reading = Read(parsed, around, countOthers: true);
        session.Print(StatesTable.Render(reading, session.Language, session.Style));
        return reading.Whole is null ? ExitCode.Failure : ExitCode.Success;
    }

    // The resident monitor has just read the own namespace; anything else is read here.
    private static HostReading Read(ParseResult parsed, Surroundings around, bool countOthers)
    {
        string? netns = parsed.GetValue(GlobalOptions.Netns);
        var source = Session.SourceOf(parsed);
        if (netns is not null || source != SourceChoice.Auto || around.Resident?.States() is not { } reading)
            return around.Kernel.Read(netns, source, countOthers);
        return countOthers ? reading with { OtherNamespaces = around.Kernel.Survey().Namespaces.Length - 1 } : reading;
    }
}
