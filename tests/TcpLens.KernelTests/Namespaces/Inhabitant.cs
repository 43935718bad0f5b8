using System.Diagnostics;
using TcpLens.Linux.Interop;
using TcpLens.Linux.Namespaces;
using Xunit;

namespace TcpLens.KernelTests.Namespaces;

/// <summary>A process that sleeps in a network namespace of its own until the test ends.</summary>
internal sealed class Inhabitant : IDisposable
{
    private readonly Process _process;

    public Inhabitant()
    {
        _process = Process.Start(new ProcessStartInfo("unshare", ["--net", "sleep", "600"]) { UseShellExecute = false })!;
        var files = new NamespaceFiles(NamespaceRoots.System);
        Assert.Equal(Errno.None, files.ReadInode("thread-self", "net", out ulong own));
        Assert.True(
            SpinWait.SpinUntil(() => files.ReadInode(ProcessId.ToString(), "net", out ulong inode) == Errno.None && inode != own && Comm == "sleep", 10_000),
            "unshare does not come to its end");
    }

    public int ProcessId => _process.Id;

    private string Comm => File.ReadAllText($"/proc/{ProcessId}/comm").Trim();

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
