using System.Runtime.InteropServices;
using Xunit;

namespace TcpLens.BinaryTests.Serving;

/// <summary>Signals of Linux by their numbers, and their sending.</summary>
internal static class Signal
{
    public const int HangUp = 1;
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Stop = 19;

    public static void Send(int process, int signal) => Assert.True(TrySend(process, signal), $"no process {process}");

    /// <summary>Whether the process was still there.</summary>
    public static bool TrySend(int process, int signal) => kill(process, signal) == 0;

    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int process, int signal);
}
