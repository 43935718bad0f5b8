using TcpLens.Core.Sources;
using TcpLens.Linux.Interop;
using TcpLens.Linux.Reading;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.UnitTests.CommandLine;

/// <summary>What is wrong is said in one line with what to do, in both languages, and the exit code tells which kind it is.</summary>
[Collection(CommandRun.Collection)]
public sealed class BadInput
{
    private static readonly string[] s_wrong =
    [
        "staets", "bogus", "list --jsn", "--jsn", "explain estblished", "explain banana", "explain listen close", "states --source netlnk", "--lang cz",
        "--color alway", "list --sort sndq", "list --sort", "list --limit", "list --limit 0", "list --limit many", "list --limit 1000001 --sort state",
        "list --reverse", "list state:clos_wait port:443", "list prt:443", "list -- --json", "states --json --csv", "states --json extra", "watch -n 0", "watch -n 1e3",
        "watch -n 86401", "watch -n soon", "watch --count 0", "watch --count 1.5", "watch --interval", "zabbix", "zabbix gte", "zabbix get",
        "zabbix get TIME_WAIT LISTEN", "completion", "completion basj", "--lang en --lang zh", "-- states", "@file", "man page", "-x", "lab", "lab close_wait", "lab close_wiat=3 -- ss", "lab --ipv7 listen=1", "lab -- ss -6",
    ];

    internal static SourceUnavailableException NoNetlink { get; } = new("netlink", new("netlink sock_diag is not allowed here: try --source proc", "此处不允许使用 netlink sock_diag：请尝试 --source proc"));

    private static FakeKernel Kernel => new() { Readings = [SampleReadings.Rich], Sockets = SampleReadings.Sockets };

    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public void Every_wrong_command_line_is_refused_with_the_words_as_committed(string language)
    {
        var world = new CommandRun.World { Environment = new(StringComparer.Ordinal) { ["LANG"] = language } };
        var answers = s_wrong.Select(line => $"$ tcplens {line}\n{CommandRun.In(world, Kernel, line.Split(' ')).Refused()}");
        Golden.Match($"wrong.{language}", string.Join('\n', answers));
    }

    [Theory]
    [InlineData]
    [InlineData("states", "--json")]
    [InlineData("watch")]
    [InlineData("list")]
    [InlineData("list", "--json")]
    public void A_kernel_that_cannot_be_read_is_one_line_that_says_what_to_do(params string[] arguments)
    {
        var run = CommandRun.Of(new FakeKernel { Failure = NoNetlink }, arguments);
        Assert.Equal(new CommandRun(1, "", $"tcplens: {NoNetlink.Reason.English}\n"), run);
    }

    [Fact]
    public void A_namespace_that_does_not_exist_is_a_wrong_command_line()
    {
        var missing = new NamespaceNotFoundException(new("no network namespace 'wbe': did you mean 'web'?", "没有网络命名空间“wbe”：是否想输入“web”？"));
        var run = CommandRun.Of(new FakeKernel { Failure = missing }, "--netns", "wbe");
        Assert.Equal(new CommandRun(2, "", $"tcplens: {missing.Reason.English}\n"), run);
    }

    [Fact]
    public void Options_reach_the_kernel()
    {
        var kernel = Kernel;
        CommandRun.Of(kernel, "states", "-N", "web", "--source=proc", "--json").Good();
        Assert.Equal(("web", SourceChoice.Proc), (kernel.AskedNetns, kernel.AskedSource));
    }

    [Theory]
    [InlineData]
    [InlineData("states", "--csv")]
    [InlineData("watch")]
    [InlineData("list")]
    [InlineData("list", "--sort", "state")]
    [InlineData("explain")]
    [InlineData("--help")]
    [InlineData("man")]
    public void A_reader_that_has_gone_ends_it_quietly(params string[] arguments)
    {
        using var closed = new FailingStream(new ClosedPipeException());
        Assert.Equal(new CommandRun(0, "", ""), CommandRun.In(new CommandRun.World { Output = closed }, Kernel, arguments));
    }

    [Theory]
    [InlineData]
    [InlineData("states", "--json")]
    [InlineData("list")]
    [InlineData("--version")]
    public void An_output_that_cannot_be_written_is_a_failure(params string[] arguments)
    {
        using var full = new FailingStream(new SyscallException("write", "standard output", Errno.ENOSPC));
        var run = CommandRun.In(new CommandRun.World { Output = full }, Kernel, arguments);
        Assert.Equal(1, run.Code);
        Assert.StartsWith("tcplens: cannot go on: write standard output: ENOSPC", run.Error, StringComparison.Ordinal);
        using var broken = new FailingStream(new IOException("Input/output error"));
        Assert.Equal(new CommandRun(1, "", "tcplens: cannot go on: Input/output error\n"), CommandRun.In(new CommandRun.World { Output = broken }, Kernel, arguments));
    }

    [Fact]
    public void When_standard_error_fails_too_the_exit_code_still_tells()
    {
        using var full = new FailingStream(new IOException("full"));
        Assert.Equal(1, CommandRun.In(new CommandRun.World { Output = full, Error = full }, Kernel).Code);
        Assert.Equal(2, CommandRun.In(new CommandRun.World { Output = full, Error = full }, Kernel, "bogus").Code);
    }

    private sealed class FailingStream(Exception failure) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw failure;

        public override void Write(byte[] buffer, int offset, int count) => throw failure;
    }
}
