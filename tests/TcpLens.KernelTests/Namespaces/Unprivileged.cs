using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Xunit;

namespace TcpLens.KernelTests.Namespaces;

/// <summary>
/// Runs a test as nobody, without a capability, on a thread that ends with it: the bare system call changes the calling thread alone, where
/// the function of the C library changes the whole process.
/// </summary>
internal static class Unprivileged
{
    private const nint Nobody = 65534;

    public static T Run<T>(Func<T> work)
    {
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                Assert.Equal(0, syscall(SetGroups, 0, 0, 0));
                Assert.Equal(0, syscall(SetGroupIds, Nobody, Nobody, Nobody));
                Assert.Equal(0, syscall(SetUserIds, Nobody, Nobody, Nobody));
                result = work();
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }

    private static bool IsArm => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    // setgroups, setresgid and setresuid in asm/unistd_64.h and asm-generic/unistd.h.
    private static nint SetGroups => IsArm ? 159 : 116;

    private static nint SetGroupIds => IsArm ? 149 : 119;

    private static nint SetUserIds => IsArm ? 147 : 117;

    [DllImport("libc")]
    private static extern nint syscall(nint number, nint first, nint second, nint third);
}
