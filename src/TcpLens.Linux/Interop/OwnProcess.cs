namespace TcpLens.Linux.Interop;

/// <summary>How this process ends, where that is not as usual.</summary>
public static class OwnProcess
{
    /// <summary>Ctrl-C and SIGTERM end it no more: somebody else says when it is over.</summary>
    /// <exception cref="SyscallException">The kernel refuses, which signal(2) does for no signal of these.</exception>
    public static void IgnoreRequestsToEnd()
    {
        foreach (int signal in (ReadOnlySpan<int>)[Constants.SIGINT, Constants.SIGTERM])
            SyscallException.Check((int)LibC.signal(signal, Constants.SIG_IGN), "signal", signal.ToString());
    }

    /// <summary>Ends it now, without anything that a runtime does at its end.</summary>
    public static void EndAtOnce(int status) => LibC._exit(status);
}
