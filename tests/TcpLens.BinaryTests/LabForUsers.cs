using TcpLens.TestKit;
using Xunit;

namespace TcpLens.BinaryTests;

/// <summary><c>tcplens lab</c> as a command among commands.</summary>
public sealed class LabForUsers
{
    [Theory]
    [InlineData("true", 0)]
    [InlineData("sh -c 'exit 7'", 7)]
    [InlineData("sh -c 'kill -9 $$'", 137)]
    public void The_exit_code_is_that_of_the_command(string command, int exitCode)
    {
        Require.Root();
        Assert.Equal(new BinaryOutcome(exitCode, "", ""), UserShell.Run($"tcplens lab established=1 -- {command}"));
    }

    [Fact]
    public void Pipes_inside_end_as_they_do_outside()
    {
        Require.Root();
        Assert.Equal(new BinaryOutcome(0, "y\n", "141\n"), UserShell.Run("tcplens lab established=1 -- sh -c '{ yes; echo $? >&2; } | head -n 1'"));
    }

    [Fact]
    public void A_command_that_does_not_exist_is_named_in_one_line()
    {
        Require.Root();
        var outcome = UserShell.Run("tcplens lab established=1 -- no-such-program --option");
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Equal("", outcome.Output);
        Assert.Matches(@"\Atcplens: no-such-program: [^\n]*No such file or directory\n\z", outcome.Error);
    }

    [Theory]
    [InlineData("en", "sudo")]
    [InlineData("zh", "sudo")]
    public void Without_root_one_line_says_what_to_do(string language, string advice)
    {
        Require.Root();
        var outcome = UserShell.Run($"$NOBODY \"$TCPLENS\" --lang {language} lab established=1 -- true");
        Assert.Equal((1, ""), (outcome.ExitCode, outcome.Output));
        Assert.Matches($@"\Atcplens: [^\n]*{advice}[^\n]*\n\z", outcome.Error);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public void A_signal_ends_the_lab_its_command_and_its_namespace(string signal)
    {
        Require.Root();
        var outcome = UserShell.Run($$"""
            said=$(mktemp)
            tcplens lab established=50 fin_wait2=5 last_ack=5 time_wait=5 -- sh -c 'readlink /proc/self/ns/net; echo $$; exec sleep 100' >"$said" &
            lab=$!
            until [ "$(wc -l <"$said")" = 2 ]; do sleep 0.05; done
            kill -{{signal}} $lab
            wait $lab
            [ $? != 0 ] || echo 'exit code 0'
            { read -r namespace; read -r command; } <"$said"
            rm "$said"
            ! kill -0 $command 2>/dev/null || echo 'the command lives'
            readlink /proc/[0-9]*/ns/net 2>/dev/null | grep -F "$namespace"
            true
            """);
        Assert.Equal(new BinaryOutcome(0, "", ""), outcome);
    }

    [Fact]
    public void Ctrl_C_belongs_to_the_command()
    {
        Require.Root();
        using var terminal = new Terminal();
        terminal.Type("tcplens lab close_wait=5 -- sh -c 'trap \"tcplens zabbix get CLOSE_WAIT; exit 3\" INT; echo ready; while :; do sleep 0.1; done'; echo exit code $?");
        terminal.Await(screen => screen.Contains("\nready\n", StringComparison.Ordinal));
        terminal.Press("C-c");
        string end = terminal.Await(screen => screen.Contains("\nexit code", StringComparison.Ordinal));
        Assert.Matches(@"\n(?:\^C)?5\nexit code 3\n", end);
    }
}
