using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Xunit;

namespace TcpLens.KernelTests.Namespaces;

/// <summary>
/// Runs a test as nobody, without a capability but those that it is given, on a thread that ends with it: the bare system call changes the calling thread alone, where
/// the function of the C library changes the whole process.
/// </summary>
internal static class Unprivileged
{
    private const nint Nobody = 65534;
    private const int KeepCapabilities = 8;
    private const uint CapabilityVersion = 0x20080522;

    public static T Run<T>(Func<T> work, params int[] capabilities)
    {
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                Assert.Equal(0, prctl(KeepCapabilities, 1, 0, 0, 0));
                Assert.Equal(0, syscall(SetGroups, 0, 0, 0));
                Assert.Equal(0, syscall(SetGroupIds, Nobody, Nobody, Nobody));
                Assert.Equal(0, syscall(SetUserIds, Nobody, Nobody, Nobody));
                Keep(capabilities);
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

    private static void Keep(int[] capabilities)
    {
        ulong mask = capabilities.Aggregate(0ul, (sum, one) => sum | (1ul << one));
        uint low = (uint)mask, high = (uint)(mask >> 32);
        // Effective, permitted and inheritable ones, first the lower 32.
        Assert.Equal(0, capset([CapabilityVersion, 0], [low, low, 0, high, high, 0]));
    }

    private static bool IsArm => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    // setgroups, setresgid and setresuid in asm/unistd_64.h and asm-generic/unistd.h.
    private static nint SetGroups => IsArm ? 159 : 116;

    private static nint SetGroupIds => IsArm ? 149 : 119;

    private static nint SetUserIds => IsArm ? 147 : 117;

    [DllImport("libc")]
    private static extern nint syscall(nint number, nint first, nint second, nint third);

    [DllImport("libc")]
    private static extern int prctl(int option, nint second, nint third, nint fourth, nint fifth);

    [DllImport("libc")]
    private static extern int capset(uint[] header, uint[] sets);
}
