using System.Runtime.InteropServices;

namespace TcpLens.Linux.Interop;

/// <summary>A system call failed: which one, on what, and the error with its name.</summary>
public sealed class SyscallException : Exception
{
    internal SyscallException(string call, string subject, Errno error)
        : base($"{call} {subject}: {error} ({Marshal.GetPInvokeErrorMessage((int)error)})")
    {
        Call = call;
        Error = error;
    }

    /// <summary>The call, as in its manual page: <c>setns</c>.</summary>
    public string Call { get; }

    internal Errno Error { get; }

    /// <summary>Whether more permission (root or a capability) would have made it work.</summary>
    public bool IsPermission => Error is Errno.EPERM or Errno.EACCES;

    /// <summary>Throws with the calling thread's last error when <paramref name="result"/> is negative, else returns it.</summary>
    internal static int Check(int result, string call, string subject = "")
    {
        if (result < 0)
            Throw(call, subject);
        return result;
    }

    internal static void Throw(string call, string subject) =>
        throw new SyscallException(call, subject, (Errno)Marshal.GetLastPInvokeError());
}
