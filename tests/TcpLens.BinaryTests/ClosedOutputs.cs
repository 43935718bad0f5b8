using TcpLens.TestKit;
using Xunit;

namespace TcpLens.BinaryTests;

/// <summary>Outputs that end before the program does.</summary>
public sealed class ClosedOutputs
{
    [Theory]
    [InlineData("list", "STATE")]
    [InlineData("list --json", "{")]
    [InlineData("watch -n 0.1", "")]
    public void A_reader_that_has_seen_enough_ends_the_program_quietly(string arguments, string begin)
    {
        Require.Root();
        var outcome = UserShell.Run($$"""
            tcplens lab established=3000 -- sh -c '{ tcplens {{arguments}}; echo "exit code $?" >&2; } | head -n 1'
            """);
        Assert.Equal((0, "exit code 0\n"), (outcome.ExitCode, outcome.Error));
        Assert.StartsWith(begin, outcome.Output);
        Assert.Equal(1, outcome.Output.Count(c => c == '\n'));
    }

    [Theory]
    [InlineData("")]
    [InlineData("list")]
    [InlineData("states --json")]
    [InlineData("zabbix get LISTEN")]
    [InlineData("explain")]
    [InlineData("watch -c 2 -n 0.1")]
    [InlineData("--help")]
    public void A_full_disk_is_told_in_one_line(string arguments) => AssertOneLine($"tcplens {arguments} >/dev/full", "ENOSPC");

    [Theory]
    [InlineData("")]
    [InlineData("zabbix get LISTEN")]
    [InlineData("--version")]
    public void A_closed_standard_output_is_told_in_one_line(string arguments) => AssertOneLine($"tcplens {arguments} >&-", "EBADF");

    [Fact]
    public void Where_nobody_can_be_told_the_exit_code_still_tells() =>
        Assert.Equal(new BinaryOutcome(1, "", ""), UserShell.Run("tcplens >/dev/full 2>&-"));

    private static void AssertOneLine(string script, string error)
    {
        var outcome = UserShell.Run(script);
        Assert.Equal((1, ""), (outcome.ExitCode, outcome.Output));
        Assert.Matches($@"\Atcplens: [^\n]*{error}[^\n]*\n\z", outcome.Error);
    }
}
