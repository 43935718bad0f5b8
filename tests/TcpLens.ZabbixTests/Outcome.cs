using System.Diagnostics;
using Xunit;

namespace TcpLens.ZabbixTests;

/// <summary>What one run of a program left behind.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error)
{
    /// <summary>Runs a program to its end; one that takes longer than <paramref name="limit"/> is killed and fails the test.</summary>
    public static Outcome Of(TimeSpan limit, IReadOnlyDictionary<string, string> environment, string program, params IEnumerable<string> arguments) =>
        With("", limit, environment, program, arguments);

    /// <summary>The same, with <paramref name="input"/> on the program's standard input.</summary>
    public static Outcome With(string input, TimeSpan limit, IReadOnlyDictionary<string, string> environment, string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', start.ArgumentList)} was still running after {limit.TotalSeconds} s");
        }

        Task.WaitAll([output, error], TestContext.Current.CancellationToken);
        return new Outcome(process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Fails unless the program ended well.</summary>
    public string Good()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}: {Error}{Output}");
        return Output;
    }
}
