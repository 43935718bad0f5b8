using System.Diagnostics;
using System.Text;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.BinaryTests;

/// <summary>
/// The native program as users get it. <c>./dev test</c> publishes it and names it in <c>TCPLENS_BINARY</c>, and its archive in
/// <c>TCPLENS_ARCHIVE</c>; without them (a plain <c>dotnet test</c>) the tests of this ring are skipped.
/// </summary>
public static class PublishedBinary
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

    private static readonly Dictionary<string, string?> NoChange = [];

    public static string Path => FromEnvironment("TCPLENS_BINARY");

    public static string Archive => FromEnvironment("TCPLENS_ARCHIVE");

    /// <summary>Runs the program with nothing on its standard input and waits for its end.</summary>
    public static BinaryOutcome Run(params string[] arguments) => Run(arguments, environment: null);

    /// <summary>
    /// Runs the program in this process's environment with <paramref name="environment"/> over it (a <see langword="null"/> value removes the
    /// variable). A program that outlives <paramref name="timeout"/> (default 30 s) is killed and fails the test.
    /// </summary>
    public static BinaryOutcome Run(string[] arguments, IReadOnlyDictionary<string, string?>? environment, TimeSpan? timeout = null) =>
        RunProgram(Path, arguments, environment, timeout);

    internal static BinaryOutcome RunProgram(string program, string[] arguments, IReadOnlyDictionary<string, string?>? environment = null, TimeSpan? timeout = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in environment ?? NoChange)
        {
            if (value is null)
                start.Environment.Remove(name);
            else
                start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        var limit = timeout ?? DefaultTimeout;
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} was still running after {limit.TotalSeconds} s");
        }

        Task.WaitAll([output, error], TestContext.Current.CancellationToken);
        return new(process.ExitCode, output.Result, error.Result);
    }

    private static string FromEnvironment(string variable)
    {
        string? path = Environment.GetEnvironmentVariable(variable);
        Require.That(!string.IsNullOrEmpty(path), $"needs the published program in {variable}: run ./dev test");
        return path!;
    }
}
