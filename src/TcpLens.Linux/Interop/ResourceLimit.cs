using System.Runtime.InteropServices;

namespace TcpLens.Linux.Interop;

/// <summary><c>struct rlimit</c> (getrlimit(2)) and the limit of open descriptors of this process.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ResourceLimit
{
    internal const int RLIMIT_NOFILE = 7;

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
}
