using System.Runtime.InteropServices;

namespace TcpLens.Linux.Interop;

/// <summary><c>struct rlimit</c> (getrlimit(2)) and two limits of this process: open descriptors and locked memory.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ResourceLimit
{
    internal const int RLIMIT_NOFILE = 7;
    internal const int RLIMIT_MEMLOCK = 8;

    public nuint Current;
    public nuint Maximum;

    /// <summary>
    /// Makes room for <paramref name="wanted"/> open descriptors, above the hard limit too where the process may; returns how many there may be
    /// now, which is less than wanted where it may not.
    /// </summary>
    public static unsafe long RaiseDescriptors(long wanted)
    {
        ResourceLimit limit;
        SyscallException.Check(LibC.getrlimit(RLIMIT_NOFILE, &limit), "getrlimit", "RLIMIT_NOFILE");
        if ((ulong)limit.Current >= (ulong)wanted)
            return wanted;
        var raised = new ResourceLimit { Current = (nuint)wanted, Maximum = nuint.Max((nuint)wanted, limit.Maximum) };
        if (LibC.setrlimit(RLIMIT_NOFILE, &raised) == 0)
            return wanted;
        raised = limit with { Current = limit.Maximum };
        SyscallException.Check(LibC.setrlimit(RLIMIT_NOFILE, &raised), "setrlimit", "RLIMIT_NOFILE");
        return (long)limit.Maximum;
    }

    /// <summary>Makes room for so many bytes of locked memory, above the hard limit too where the process may.</summary>
    public static unsafe bool TryRaiseLockedMemory(long bytes)
    {
        ResourceLimit limit;
        if (LibC.getrlimit(RLIMIT_MEMLOCK, &limit) < 0)
            return false;
        var raised = new ResourceLimit { Current = nuint.Max((nuint)bytes, limit.Current), Maximum = nuint.Max((nuint)bytes, limit.Maximum) };
        return LibC.setrlimit(RLIMIT_MEMLOCK, &raised) == 0;
    }
}
