using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace TcpLens.Agents;

/// <summary>Starts programs of this machine, with nothing on their standard input.</summary>
internal sealed class ProgramRunner : IProgramRunner
{
    /// <summary>An agent gives up on an item after 30 s at the latest.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(35);

    public ProgramOutcome Run(string program, params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = "/",
        };
        long started = Stopwatch.GetTimestamp();
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            bool ended = process.WaitForExit(s_patience);
            if (!ended)
                process.Kill(entireProcessTree: true);
            var took = Stopwatch.GetElapsedTime(started);
            return new ProgramOutcome(ended ? process.ExitCode : null, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult(), took);
        }
        catch (Win32Exception missing)
        {
            return new ProgramOutcome(null, "", missing.Message, Stopwatch.GetElapsedTime(started));
        }
    }
}
