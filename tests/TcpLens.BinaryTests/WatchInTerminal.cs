using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.BinaryTests;

/// <summary><c>tcplens watch</c> in a terminal of 80 columns and 24 lines.</summary>
public sealed partial class WatchInTerminal
{
    private static readonly string[] s_states =
        ["LISTEN", "SYN_SENT", "SYN_RECV", "ESTABLISHED", "FIN_WAIT1", "FIN_WAIT2", "CLOSING", "TIME_WAIT", "CLOSE_WAIT", "LAST_ACK", "CLOSE"];

    [Theory]
    [InlineData("en", "STATE", "SUM")]
    [InlineData("zh", "状态", "合计")]
    public void Every_state_has_one_line_and_no_line_wraps(string language, string heading, string sum)
    {
        Require.Root();
        using var terminal = new Terminal();
        terminal.Type($"tcplens lab established=40 fin_wait2_orphaned=5 close_wait=3 -- tcplens watch -n 0.1 --lang {language}");
        string[] lines = terminal.Await(HasManyReadings).TrimEnd('\n').Split('\n');

        int first = Array.FindIndex(lines, line => line.StartsWith(heading, StringComparison.Ordinal)) + 1;
        Assert.Equal(s_states, lines[first..(first + s_states.Length)].Select(FirstWord), StringComparer.Ordinal);
        Assert.Equal(sum, FirstWord(lines[first + s_states.Length]));
        // Two lines of header and an empty one stand above; a line that had to wrap would make them more.
        Assert.Equal(4, first);
        Assert.Equal("", lines[2]);
        Assert.DoesNotContain(lines[(first + s_states.Length + 1)..], line => s_states.Contains(FirstWord(line), StringComparer.Ordinal) || line.Contains('▁', StringComparison.Ordinal));
        Assert.True(terminal.IsAlternate);
        Assert.False(terminal.HasCursor);
    }

    [Theory]
    [InlineData("C-c")]
    [InlineData("TERM")]
    public void The_screen_and_the_cursor_come_back_at_the_end(string end)
    {
        // A state without a socket has no sparkline.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var terminal = new Terminal();
        string processId = Path.Combine(UserShell.Directory, $"watch-{end}");
        terminal.Type($"echo be''fore; sh -c 'echo $$ >{processId}; exec tcplens watch -n 0.1'; echo exit code $?");
        terminal.Await(HasManyReadings);
        if (end == "C-c")
            terminal.Press("C-c");
        else
            UserShell.Run($"kill -{end} $(cat {processId})");
        string screen = terminal.Await(text => text.Contains("\nexit code", StringComparison.Ordinal));
        Assert.Contains("\nbefore\n", screen);
        Assert.Contains("\nexit code 0\n", screen);
        Assert.DoesNotContain("ESTABLISHED", screen);
        Assert.False(terminal.IsAlternate);
        Assert.True(terminal.HasCursor);
    }

    // A sparkline of more than twenty columns: about two seconds and twenty frames, one over the other.
    private static bool HasManyReadings(string screen) => Sparkline().IsMatch(screen);

    [GeneratedRegex("[▁▂▃▄▅▆▇█]{20}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sparkline();

    private static string FirstWord(string line) => line.Split(' ')[0];
}
