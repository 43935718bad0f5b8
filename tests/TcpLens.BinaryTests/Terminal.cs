using System.Diagnostics;
using Xunit;

namespace TcpLens.BinaryTests;

/// <summary>A real terminal of 80 columns and 24 lines with a shell in it, by a <c>tmux</c> of its own. <c>$ </c> is the prompt.</summary>
internal sealed class Terminal : IDisposable
{
    public const int Columns = 80;
    public const int Lines = 24;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private readonly string _server = $"tcplens-{Guid.NewGuid():N}";

    public Terminal()
    {
        UserShell.Need("tmux", "tmux");
        Tmux("-f", "/dev/null", "new-session", "-d", "-x", $"{Columns}", "-y", $"{Lines}", "PS1='$ ' exec sh -i");
        Await(screen => screen.StartsWith("$ \n", StringComparison.Ordinal) || screen.StartsWith("$\n", StringComparison.Ordinal));
    }

    /// <summary>Whether a program has the alternate screen.</summary>
    public bool IsAlternate => Tmux("display-message", "-p", "#{alternate_on}") == "1\n";

    public bool HasCursor => Tmux("display-message", "-p", "#{cursor_flag}") == "1\n";

    /// <summary>The terminal's lines as they stand there; a line that the terminal had to wrap is two.</summary>
    public string Screen => Tmux("capture-pane", "-p");

    public void Type(string line)
    {
        Tmux("send-keys", "-l", line);
        Press("Enter");
    }

    public void Press(string key) => Tmux("send-keys", key);

    /// <summary>Waits until the screen is as wanted and returns it.</summary>
    public string Await(Func<string, bool> isReady)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            string screen = Screen;
            if (isReady(screen))
                return screen;
            Assert.True(Stopwatch.GetElapsedTime(start) < s_patience, "the terminal still shows:\n" + screen);
            Thread.Sleep(50);
        }
    }

    public void Dispose() => Tmux("kill-server");

    private string Tmux(params string[] arguments)
    {
        var outcome = PublishedBinary.RunProgram("tmux", ["-u", "-L", _server, .. arguments], UserShell.Surroundings);
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        return outcome.Output;
    }
}
