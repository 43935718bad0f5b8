using System.Diagnostics;
using Xunit;

namespace TcpLens.UnitTests.History;

/// <summary>A process of its own that keeps a history.</summary>
internal sealed class WriterProcess : IDisposable
{
    private readonly Process _process;

    private WriterProcess(Process process) => _process = process;

    /// <summary>Starts it on a file.</summary>
    public static WriterProcess On(string path, DateTimeOffset? now = null) =>
        Start("dotnet", [Program, path, .. now is { } known ? [known.ToUnixTimeMilliseconds().ToString()] : Array.Empty<string>()]);

    /// <summary>Starts it behind a line of sh in a mount namespace of its own: what the line mounts nobody else sees.</summary>
    public static WriterProcess Behind(string line, string path) =>
        Start("unshare", ["--mount", "sh", "-ec", $"{line}; exec \"$@\"", "sh", "dotnet", Program, path]);

    private static string Program => Path.Combine(AppContext.BaseDirectory, "TcpLens.HistoryWriter.dll");

    public async Task<string> Ask(string command)
    {
        await Tell(command);
        return await Line() ?? throw new InvalidOperationException("the writer ended: " + await _process.StandardError.ReadToEndAsync());
    }

    public async Task Tell(string command) => await _process.StandardInput.WriteLineAsync(command);

    public async Task<string?> Line() => await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

    /// <summary>Kills it with SIGKILL, and gives what it had said until then.</summary>
    public async Task<string> Kill()
    {
        _process.Kill();
        string rest = await _process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return rest;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static WriterProcess Start(string program, string[] arguments) => new(Process.Start(new ProcessStartInfo(program, arguments)
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!);
}
