using System.Runtime.InteropServices;

namespace TcpLens.Linux.Interop;

/// <summary><c>union bpf_attr</c> (<c>linux/bpf.h</c>), as far as it is used: what each command of bpf(2) takes. What is 0 does not exist for older kernels.</summary>
[StructLayout(LayoutKind.Explicit, Size = Size)]
internal unsafe struct BpfAttributes
{
    /// <summary>What Linux 5.10 knows of the union; a larger one would have to be all zero behind it.</summary>
    public const int Size = 120;

    // BPF_MAP_CREATE
    [FieldOffset(0)] public uint MapType;
    [FieldOffset(4)] public uint KeySize;
    [FieldOffset(8)] public uint ValueSize;
    [FieldOffset(12)] public uint MaxEntries;
    [FieldOffset(16)] public uint MapFlags;

    // BPF_PROG_LOAD
    [FieldOffset(0)] public uint ProgramType;
    [FieldOffset(4)] public uint InstructionCount;
    [FieldOffset(8)] public byte* Instructions;
    [FieldOffset(16)] public byte* Licence;
    [FieldOffset(24)] public uint LogLevel;
    [FieldOffset(28)] public uint LogSize;
    [FieldOffset(32)] public byte* Log;
    [FieldOffset(68)] public uint ExpectedAttachType;
    [FieldOffset(72)] public int ProgramTypes;
    [FieldOffset(76)] public uint FunctionRecordSize;
    [FieldOffset(80)] public byte* Functions;
    [FieldOffset(88)] public uint FunctionCount;
    [FieldOffset(108)] public uint AttachedFunction;

    // BPF_BTF_LOAD
    [FieldOffset(0)] public byte* Types;
    [FieldOffset(16)] public uint TypesSize;

    // BPF_PROG_TEST_RUN
    [FieldOffset(0)] public int Program;
    [FieldOffset(4)] public uint ReturnValue;
    [FieldOffset(40)] public uint ContextSize;
    [FieldOffset(48)] public ulong* Context;

    // BPF_LINK_CREATE; the program stands where that of BPF_PROG_TEST_RUN does
    [FieldOffset(8)] public uint AttachType;

    // BPF_ITER_CREATE
    [FieldOffset(0)] public int Link;
}
