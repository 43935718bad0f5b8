using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TcpLens.BinaryTests.Zabbix;

/// <summary>Moves the calling thread into another process' network namespace; the thread is to end there.</summary>
internal static class NetworkNamespace
{
    private const int CloneNewNet = 0x40000000;

    public static void Enter(string process)
    {
        using SafeFileHandle file = File.OpenHandle($"/proc/{process}/ns/net");
        if (setns((int)file.DangerousGetHandle(), CloneNewNet) != 0)
            throw new InvalidOperationException($"setns: error {Marshal.GetLastPInvokeError()}");
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int setns(int descriptor, int kind);
}
