using System.Diagnostics;
using Xunit;

namespace TcpLens.UnitTests.Zabbix.Buffer;

/// <summary>A process of its own that keeps values (TcpLens.ValueWriter).</summary>
internal sealed class ValueProcess : IDisposable
{
    private readonly Process _process;

    private ValueProcess(Process process) => _process = process;

    public static ValueProcess Start(params string[] arguments) => Run("dotnet", [Program, .. arguments]);

    /// <summary>Starts it behind a line of sh in a mount namespace of its own: what the line mounts nobody else sees.</summary>
    public static ValueProcess Behind(string line, params string[] arguments) =>
        Run("unshare", ["--mount", "sh", "-ec", $"{line}; exec \"$@\"", "sh", "dotnet", Program, .. arguments]);

    private static string Program => Path.Combine(AppContext.BaseDirectory, "TcpLens.ValueWriter.dll");

    public async Task<string> Ask(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        return await Line() ?? throw new InvalidOperationException("the writer ended: " + await _process.StandardError.ReadToEndAsync());
    }

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

    private static ValueProcess Run(string program, string[] arguments) => new(Process.Start(new ProcessStartInfo(program, arguments)
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!);
}
