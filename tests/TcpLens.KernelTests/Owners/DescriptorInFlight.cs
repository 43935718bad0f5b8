using System.Runtime.InteropServices;
using Xunit;

namespace TcpLens.KernelTests.Owners;

/// <summary>A descriptor in a message (SCM_RIGHTS) that nobody has received yet.</summary>
internal sealed class DescriptorInFlight : IDisposable
{
    private const int AF_UNIX = 1;
    private const int SOCK_DGRAM = 2;
    private const int SOL_SOCKET = 1;
    private const int SCM_RIGHTS = 1;

    private readonly int[] _pair = new int[2];

    /// <summary>Sends it. The sender still has it too.</summary>
    public DescriptorInFlight(int descriptor)
    {
        Assert.Equal(0, socketpair(AF_UNIX, SOCK_DGRAM, 0, _pair));
        // struct cmsghdr and the descriptor; struct iovec and its byte; struct msghdr.
        nint memory = Marshal.AllocHGlobal(128);
        long[] control = [20, SOL_SOCKET | ((long)SCM_RIGHTS << 32), descriptor];
        Marshal.Copy(control, 0, memory, 3);
        Marshal.Copy((long[])[memory + 48, 1, 'x'], 0, memory + 32, 3);
        Marshal.Copy((long[])[0, 0, memory + 32, 1, memory, 24, 0], 0, memory + 64, 7);
        nint sent = sendmsg(_pair[0], memory + 64, 0);
        Marshal.FreeHGlobal(memory);
        Assert.Equal(1, sent);
    }

    public void Dispose()
    {
        foreach (int end in _pair)
            Assert.Equal(0, close(end));
    }

    [DllImport("libc")]
    private static extern int socketpair(int family, int type, int protocol, int[] pair);

    [DllImport("libc")]
    private static extern nint sendmsg(int socket, nint message, int flags);

    [DllImport("libc")]
    private static extern int close(int descriptor);
}
