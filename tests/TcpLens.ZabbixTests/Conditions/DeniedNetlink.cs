using System.Runtime.InteropServices;

namespace TcpLens.ZabbixTests.Conditions;

/// <summary>
/// Starts programs that may not ask the kernel for its sockets by netlink, as a service with <c>RestrictAddressFamilies=</c> may not: a
/// seccomp filter, which children inherit from the thread that starts them.
/// </summary>
internal static class DeniedNetlink
{
    private const int PrSetSeccomp = 22;
    private const nuint FilterMode = 2;
    private const uint Allow = 0x7fff_0000;
    private const uint Refuse = 0x0005_0000 | 13;
    private const int InstructionLength = 8;

    // Classic BPF on struct seccomp_data: the call's number is at 0, its first argument at 16, its third at 32 (seccomp(2), socket(2)).
    private static readonly (ushort Code, byte True, byte False, uint Operand)[] s_filter =
    [
        (0x20, 0, 0, 0),
        (0x15, 0, 5, RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 198u : 41u),
        (0x20, 0, 0, 16),
        (0x15, 0, 3, 16),
        (0x20, 0, 0, 32),
        (0x15, 0, 1, 4),
        (0x06, 0, 0, Refuse),
        (0x06, 0, 0, Allow),
    ];

    /// <summary>Does the work on a thread of its own, which ends with it.</summary>
    public static T Run<T>(Func<T> work)
    {
        var result = new TaskCompletionSource<T>();
        var thread = new Thread(() =>
        {
            try
            {
                Deny();
                result.SetResult(work());
            }
            catch (Exception exception)
            {
                result.SetException(exception);
            }
        });
        thread.Start();
        thread.Join();
        return result.Task.GetAwaiter().GetResult();
    }

    private static void Deny()
    {
        nint program = Marshal.AllocHGlobal(16 + (s_filter.Length * InstructionLength));
        try
        {
            Marshal.WriteInt16(program, (short)s_filter.Length);
            Marshal.WriteIntPtr(program, 8, program + 16);
            foreach (var (index, (code, whenTrue, whenFalse, operand)) in s_filter.Index())
            {
                nint instruction = program + 16 + (index * InstructionLength);
                Marshal.WriteInt16(instruction, (short)code);
                Marshal.WriteByte(instruction, 2, whenTrue);
                Marshal.WriteByte(instruction, 3, whenFalse);
                Marshal.WriteInt32(instruction, 4, (int)operand);
            }

            if (prctl(PrSetSeccomp, FilterMode, program) != 0)
                throw new InvalidOperationException($"no seccomp filter: error {Marshal.GetLastPInvokeError()}");
        }
        finally
        {
            Marshal.FreeHGlobal(program);
        }
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int prctl(int option, nuint mode, nint program, nuint unused = 0, nuint unusedToo = 0);
}
