using System.Runtime.InteropServices;
using Xunit;

namespace TcpLens.TestKit;

/// <summary>
/// What a test needs of the machine. Where it is missing the test is skipped with the reason; <c>./dev test --no-skips</c>
/// (as CI runs it) turns every skip into a failure.
/// </summary>
public static class Require
{
    /// <summary>Root, because the test makes network namespaces and devices.</summary>
    public static void Root() => That(geteuid() == 0, "needs root: it makes network namespaces");

    /// <summary>A kernel of at least this version.</summary>
    public static void Kernel(int major, int minor, string why) =>
        That(Environment.OSVersion.Version >= new Version(major, minor), $"needs Linux {major}.{minor}: {why}");

    public static void That(bool condition, string reason)
    {
        if (!condition)
            Assert.Skip(reason);
    }

    [DllImport("libc")]
    private static extern uint geteuid();
}
