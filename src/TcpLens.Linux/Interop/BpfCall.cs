using System.Runtime.InteropServices;

namespace TcpLens.Linux.Interop;

/// <summary>The commands of bpf(2) that the programs need. Each tells its error; none throws.</summary>
internal static unsafe class BpfCall
{
    private const int BPF_MAP_CREATE = 0;
    private const int BPF_PROG_LOAD = 5;
    private const int BPF_PROG_TEST_RUN = 10;
    private const int BPF_BTF_LOAD = 18;
    private const int BPF_LINK_CREATE = 28;
    private const int BPF_ITER_CREATE = 33;

    private const uint BPF_MAP_TYPE_ARRAY = 2;
    private const uint BPF_F_MMAPABLE = 1 << 10;
    private const uint BPF_PROG_TYPE_RAW_TRACEPOINT = 17;
    private const uint BPF_PROG_TYPE_TRACING = 26;
    private const uint BPF_TRACE_ITER = 28;

    // Only the verifier's errors, not its way through the program.
    private const uint BPF_LOG_STATS = 4;

    private const int FunctionRecordSize = 8;

    // asm/unistd_64.h, asm-generic/unistd.h
    private static readonly nint s_number = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 280 : 321;

    /// <summary>Makes an array of one value of <paramref name="size"/> bytes that can be mapped into memory.</summary>
    public static Errno CreateSharedMemory(int size, out FileDescriptor map)
    {
        var attributes = new BpfAttributes { MapType = BPF_MAP_TYPE_ARRAY, KeySize = sizeof(uint), ValueSize = (uint)size, MaxEntries = 1, MapFlags = BPF_F_MMAPABLE };
        return Open(BPF_MAP_CREATE, attributes, out map);
    }

    /// <summary>Hands types (BTF) to the kernel, which a program then refers to.</summary>
    public static Errno LoadTypes(ReadOnlySpan<byte> types, out FileDescriptor loaded)
    {
        fixed (byte* start = types)
            return Open(BPF_BTF_LOAD, new BpfAttributes { Types = start, TypesSize = (uint)types.Length }, out loaded);
    }

    /// <summary>Has the kernel verify and take a program: for an iterator, or for raw tracepoints and never attached to one.</summary>
    /// <param name="instructions">8 bytes each.</param>
    /// <param name="functions">Where each function begins, and its type: 8 bytes each.</param>
    /// <param name="types">From <see cref="LoadTypes"/>.</param>
    /// <param name="iterator">The number of the function that stands for the iterator; 0 for none.</param>
    /// <param name="log">What the verifier says; empty for no log.</param>
    /// <param name="program">The program, or an invalid descriptor.</param>
    public static Errno LoadProgram(ReadOnlySpan<byte> instructions, ReadOnlySpan<byte> functions, FileDescriptor types, int iterator, Span<byte> log, out FileDescriptor program)
    {
        fixed (byte* instruction = instructions, function = functions, text = log, licence = "Dual MIT/GPL\0"u8)
        {
            return Open(
                BPF_PROG_LOAD,
                new BpfAttributes
                {
                    ProgramType = iterator == 0 ? BPF_PROG_TYPE_RAW_TRACEPOINT : BPF_PROG_TYPE_TRACING,
                    ExpectedAttachType = iterator == 0 ? 0 : BPF_TRACE_ITER,
                    AttachedFunction = (uint)iterator,
                    Instructions = instruction,
                    InstructionCount = (uint)instructions.Length / sizeof(ulong),
                    Licence = licence,
                    Log = text,
                    LogSize = (uint)log.Length,
                    LogLevel = log.IsEmpty ? 0 : BPF_LOG_STATS,
                    ProgramTypes = types.Number,
                    Functions = function,
                    FunctionRecordSize = FunctionRecordSize,
                    FunctionCount = (uint)functions.Length / FunctionRecordSize,
                },
                out program);
        }
    }

    /// <summary>Runs a program once, now, on this processor, with <paramref name="arguments"/> for its context.</summary>
    public static Errno Run(FileDescriptor program, ReadOnlySpan<ulong> arguments, out uint returned)
    {
        fixed (ulong* context = arguments)
        {
            var attributes = new BpfAttributes { Program = program.Number, Context = context, ContextSize = (uint)arguments.Length * sizeof(ulong) };
            bool failed = LibC.syscall(s_number, BPF_PROG_TEST_RUN, &attributes, BpfAttributes.Size) < 0;
            returned = attributes.ReturnValue;
            return failed ? (Errno)Marshal.GetLastPInvokeError() : Errno.None;
        }
    }

    /// <summary>Ties a program to its iterator: each <see cref="OpenIterator"/> then runs it.</summary>
    public static Errno AttachIterator(FileDescriptor program, out FileDescriptor link) =>
        Open(BPF_LINK_CREATE, new BpfAttributes { Program = program.Number, AttachType = BPF_TRACE_ITER }, out link);

    /// <summary>Begins an iteration. Its program runs while the descriptor is read, which gives what the program writes.</summary>
    public static Errno OpenIterator(FileDescriptor link, out FileDescriptor iteration) =>
        Open(BPF_ITER_CREATE, new BpfAttributes { Link = link.Number }, out iteration);

    private static Errno Open(int command, BpfAttributes attributes, out FileDescriptor descriptor)
    {
        // The verifier gives up with EAGAIN when a signal is pending.
        const int attempts = 5;
        Errno error = Errno.None;
        for (int i = 0; i < attempts; i++)
        {
            int number = (int)LibC.syscall(s_number, command, &attributes, BpfAttributes.Size);
            descriptor = new FileDescriptor(number);
            if (number >= 0)
                return Errno.None;
            error = (Errno)Marshal.GetLastPInvokeError();
            if (error != Errno.EAGAIN)
                return error;
            descriptor.Dispose();
        }

        descriptor = new FileDescriptor();
        return error;
    }
}
