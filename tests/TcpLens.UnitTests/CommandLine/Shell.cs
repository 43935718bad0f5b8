using System.Diagnostics;

namespace TcpLens.UnitTests.CommandLine;

/// <summary>Runs a line of bash.</summary>
internal static class Shell
{
    /// <summary>The line's two outputs; <paramref name="input"/> is its standard input.</summary>
    public static async Task<(string Output, string Error)> Run(string line, string input = "")
    {
        var start = new ProcessStartInfo("/bin/bash", ["--norc", "--noprofile", "-c", line])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var bash = Process.Start(start)!;
        var output = bash.StandardOutput.ReadToEndAsync();
        var error = bash.StandardError.ReadToEndAsync();
        await bash.StandardInput.WriteAsync(input);
        bash.StandardInput.Close();
        await bash.WaitForExitAsync();
        return (await output, await error);
    }
}
