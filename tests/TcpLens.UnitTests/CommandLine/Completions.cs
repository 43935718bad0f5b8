using TcpLens.TestKit;
using Xunit;

namespace TcpLens.UnitTests.CommandLine;

/// <summary>The completion scripts; bash's is asked as bash itself asks it.</summary>
[Collection(CommandRun.Collection)]
public sealed class Completions
{
    private const string Ask = """
        eval "$(cat)"
        COMP_LINE=$LINE
        COMP_POINT=${#LINE}
        COMP_WORDBREAKS=$' \t\n"\'><=;|&(:'
        _tcplens
        echo "${COMPREPLY[*]}"
        """;

    private static string Script(string shell, string language = "en") => CommandRun.Of(new FakeKernel(), "completion", shell, "--lang", language).Good();

    [Theory]
    [InlineData("bash", "en")]
    [InlineData("zsh", "en")]
    [InlineData("zsh", "zh")]
    [InlineData("fish", "en")]
    [InlineData("fish", "zh")]
    public void A_script_reads_as_committed(string shell, string language) => Golden.Match($"completion.{shell}.{language}", Script(shell, language));

    [Theory]
    [InlineData("bash", "bash -n")]
    [InlineData("zsh", "zsh -n /dev/stdin")]
    [InlineData("fish", "fish -n")]
    public async Task A_shell_that_is_here_can_read_its_script(string shell, string check)
    {
        var (output, error) = await Shell.Run($"if command -v {shell} >/dev/null; then {check}; else cat >/dev/null; fi", Script(shell));
        Assert.Equal(("", ""), (output, error));
    }

    [Theory]
    [InlineData("st", "states")]
    [InlineData("--lang ", "en zh")]
    [InlineData("--lang zh wa", "watch")]
    [InlineData("zabbix ", "get userparameters plugin template provision install compare check agent push")]
    [InlineData("zabbix get TI", "TIME_WAIT")]
    [InlineData("explain fin", "fin_wait1 fin_wait2")]
    [InlineData("states --j", "--json")]
    [InlineData("states ", "--json --csv --prometheus --netns --source --help --lang --color")]
    [InlineData("list --sort s", "state sendq")]
    [InlineData("list -s s", "state sendq")]
    [InlineData("list --sort=re", "remote recvq retrans")]
    [InlineData("list --limit ", "")]
    [InlineData("list l", "lport: local:")]
    [InlineData("list !l", "!lport: !local:")]
    [InlineData("list state:ti", "time_wait")]
    [InlineData("list !state:ti", "time_wait")]
    [InlineData("list state:close_wait,la", "close_wait,last_ack")]
    [InlineData("list port:443 family:", "4 6")]
    [InlineData("list port:4", "")]
    [InlineData("list -- --", "")]
    [InlineData("lab clos", "closing= close_wait= close=")]
    [InlineData("lab close_wait=5 -- --", "")]
    [InlineData("completion ", "bash zsh fish")]
    public async Task Bash_completes(string line, string expected)
    {
        var (output, error) = await Shell.Run($"LINE='tcplens {line}'\n{Ask}", Script("bash"));
        Assert.Equal((expected + "\n", ""), (output, error));
    }
}
