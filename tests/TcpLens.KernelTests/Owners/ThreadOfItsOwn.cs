using System.Runtime.InteropServices;
using TcpLens.Core.Model;
using TcpLens.Linux.Interop;
using Xunit;

namespace TcpLens.KernelTests.Owners;

/// <summary>A thread of this process that has a table of descriptors of its own, and a listening socket in it.</summary>
internal sealed class ThreadOfItsOwn : IDisposable
{
    private const int CLONE_FILES = 0x400;

    private readonly ManualResetEventSlim _opened = new();
    private readonly ManualResetEventSlim _done = new();
    private readonly Thread _thread;

    /// <summary>Starts it in the namespace of the calling thread: a new thread is in that of the one that made it.</summary>
    public ThreadOfItsOwn()
    {
        _thread = new Thread(Run);
        _thread.Start();
        _opened.Wait();
    }

    /// <summary>The socket.</summary>
    public uint Inode { get; private set; }

    public void Dispose()
    {
        _done.Set();
        _thread.Join();
        _opened.Dispose();
        _done.Dispose();
    }

    private void Run()
    {
        Assert.Equal(0, unshare(CLONE_FILES));
        int socket = TcpSocket.Open(SocketFamily.IPv4);
        TcpSocket.Listen(socket, 1);
        Inode = uint.Parse(new FileInfo($"/proc/thread-self/fd/{socket}").LinkTarget!["socket:[".Length..^1]);
        _opened.Set();
        _done.Wait();
        TcpSocket.Close(socket);
    }

    [DllImport("libc")]
    private static extern int unshare(int flags);
}
