using System.Diagnostics;
using System.Runtime.ExceptionServices;
using TcpLens.Linux.Interop;
using Xunit;

namespace TcpLens.KernelTests.Namespaces;

/// <summary>Runs a test in a network namespace of its own, with loopback up, on a thread that ends with it.</summary>
internal static class FreshNamespace
{
    public static T Run<T>(Func<T> inside)
    {
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                SyscallException.Check(LibC.unshare(Constants.CLONE_NEWNET), "unshare", "CLONE_NEWNET");
                Command("ip", "link", "set", "lo", "up");
                result = inside();
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }

    /// <summary>Runs a program in the namespace of the calling thread and returns what it wrote.</summary>
    public static string Command(string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        string output = process.StandardOutput.ReadToEnd();
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: exit status {process.ExitCode}: {errors}");
        return output;
    }
}
