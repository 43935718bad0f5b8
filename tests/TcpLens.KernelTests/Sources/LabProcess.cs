using System.Diagnostics;
using TcpLens.Linux.Lab;

namespace TcpLens.KernelTests.Sources;

/// <summary>A process that sleeps in a lab's namespace until the test ends.</summary>
internal sealed class LabProcess(StateLab lab) : IDisposable
{
    private readonly Process _process = lab.Run(() => Process.Start(new ProcessStartInfo("sleep", ["600"]) { UseShellExecute = false })!);

    public int Id => _process.Id;

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
