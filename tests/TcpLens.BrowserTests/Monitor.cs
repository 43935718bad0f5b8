using System.Diagnostics;
using TcpLens.Linux.Lab;
using TcpLens.TestKit;

namespace TcpLens.BrowserTests;

/// <summary>The published program as the resident monitor of the lab's namespace, at a port of 127.0.0.1 there.</summary>
internal sealed class Monitor : IDisposable
{
    private static readonly TimeSpan s_longestStart = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_longestEnd = TimeSpan.FromSeconds(15);

    private readonly Process _process;

    private Monitor(Process process, string address) => (_process, Address) = (process, address);

    /// <summary>Without the slash at the end.</summary>
    public string Address { get; }

    public int Port => new Uri(Address).Port;

    public static string Program
    {
        get
        {
            string program = Environment.GetEnvironmentVariable("TCPLENS_BINARY") ?? "";
            Require.That(program.Length > 0, "needs the published program in TCPLENS_BINARY: run ./dev test");
            return program;
        }
    }

    /// <summary>Starts it and waits for its address; port 0 is any.</summary>
    public static Monitor Start(StateLab lab, string historyFile, int port = 0, params string[] more)
    {
        var start = new ProcessStartInfo(Program, ["serve", "--listen", $"127.0.0.1:{port}", "--history-file", historyFile, "--no-socket", "--cpu-budget", "20", .. more])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Whatever the machine is set up for, the monitor is not.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("TCPLENS_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        var process = lab.Run(() => Process.Start(start)!);
        var log = process.StandardError.ReadToEndAsync();
        var line = process.StandardOutput.ReadLineAsync();
        if (!line.Wait(s_longestStart) || line.Result is not { } said)
        {
            process.Kill();
            throw new InvalidOperationException("tcplens serve gave no address: " + log.Result);
        }

        return new Monitor(process, said.Split(' ').First(word => word.StartsWith("http://", StringComparison.Ordinal)).TrimEnd('/'));
    }

    /// <summary>It stands still, as a machine that sleeps, until <see cref="Continue"/>.</summary>
    public void StandStill() => Signal("STOP");

    public void Continue() => Signal("CONT");

    /// <summary>As the power goes.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>As the service manager ends it.</summary>
    public void Stop()
    {
        Signal("TERM");
        if (!_process.WaitForExit(s_longestEnd))
            throw new TimeoutException("tcplens serve goes on after SIGTERM");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, $"{_process.Id}"]);
        kill.WaitForExit();
    }
}
