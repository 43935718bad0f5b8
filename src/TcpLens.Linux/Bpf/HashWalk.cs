using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TcpLens.Linux.Interop;
using TcpLens.Linux.Reading;

namespace TcpLens.Linux.Bpf;

/// <summary>
/// The programs that walk the kernel's tables of TCP sockets, loaded into the kernel, and the memory that they share with this process.
/// They can do nothing else than read, and only while <see cref="Run"/> waits for them. One thread at a time.
/// </summary>
internal sealed class HashWalk : IDisposable
{
    /// <summary>The command that older kernels hold against RLIMIT_MEMLOCK.</summary>
    public const string MapCommand = "BPF_MAP_CREATE";

    /// <summary>The programs, in the order of <see cref="WalkTable"/>.</summary>
    internal static readonly ImmutableArray<string> Names = ["established", "listeners", "namespaces"];

    /// <summary>The first of them once more, a third faster, for kernels that let programs read their memory by plain loads (6.2 and newer).</summary>
    internal const string Faster = "established-plain";

    /// <summary>The program of <see cref="WalkTable.Bound"/>.</summary>
    internal const string BoundName = "bound";

    private readonly FileDescriptor _map;
    private readonly SharedMemory _memory;
    private readonly WalkProgram?[] _programs;

    private HashWalk(FileDescriptor map, SharedMemory memory, WalkProgram?[] programs)
    {
        _map = map;
        _memory = memory;
        _programs = programs;
    }

    /// <summary>What the last run says of itself.</summary>
    public WalkFacts Facts => MemoryMarshal.Read<WalkFacts>(_memory.Bytes);

    /// <summary>Sockets of the last run by kind.</summary>
    public ReadOnlySpan<ulong> Counts => MemoryMarshal.Cast<byte, ulong>(_memory.Bytes.Slice(WalkLayout.Counts, WalkLayout.Kinds * sizeof(ulong)));

    /// <summary>Loads the programs for the running kernel: some ten milliseconds, mostly the verifier's.</summary>
    /// <returns><see langword="null"/>, or why it cannot be.</returns>
    public static WalkFailure? TryLoad(out HashWalk? walk) => TryLoad([.. Names.Select(WalkProgram.Embedded)], WalkProgram.Embedded(Faster), out walk);

    /// <summary>Loads the program of <see cref="WalkTable.Bound"/>, if that has not been done.</summary>
    /// <returns><see langword="null"/>, or why the kernel does not take it.</returns>
    public WalkFailure? TryLoadBound()
    {
        if (_programs[(int)WalkTable.Bound] is not null)
            return null;
        var file = WalkProgram.Embedded(BoundName);
        return KernelTypesFile.With([.. BpfLinker.NamesOf(file.References)], (in KernelTypes types) => WalkProgram.TryLoad(file, types, _map, out _programs[(int)WalkTable.Bound]));
    }

    /// <summary>Runs one program over <paramref name="count"/> buckets.</summary>
    /// <param name="table">What to walk; the ring of namespaces has no buckets.</param>
    /// <param name="first">The first bucket.</param>
    /// <param name="count">A power of two, at most 4096 (1024 of listeners).</param>
    /// <param name="question">What to tell.</param>
    /// <param name="returned">0 when all went well, 1 when there is no table, 2 when it has fewer buckets.</param>
    public Errno Run(WalkTable table, ulong first, ulong count, in WalkQuestion question, out uint returned)
    {
        bool isGrouping = (question.Wants & WalkWants.Groups) != WalkWants.None;
        _memory.Bytes[..(isGrouping ? WalkLayout.Places + WalkLayout.PlacesSize : WalkLayout.Places)].Clear();
        Span<ulong> arguments = stackalloc ulong[WalkQuestion.Length];
        question.Write(arguments, first, count);
        return _programs[(int)table]!.Run(arguments, out returned);
    }

    /// <summary>A row of the last run.</summary>
    public ReadOnlySpan<byte> Row(int index) => _memory.Bytes.Slice(WalkLayout.Rows + (index * WalkLayout.RowSize), WalkLayout.RowSize);

    /// <summary>A group of the last run.</summary>
    public ReadOnlySpan<byte> Group(int index) => _memory.Bytes.Slice(WalkLayout.Rows + (index * WalkLayout.GroupSize), WalkLayout.GroupSize);

    public void Dispose()
    {
        Free(_programs);
        _memory.Dispose();
        _map.Dispose();
    }

    internal static WalkFailure? TryLoad(ImmutableArray<BpfObject> files, BpfObject? faster, out HashWalk? walk)
    {
        walk = null;
        // Whoever may not does not try: a filter of system calls might take offence.
        if (!Capabilities.Own.MayUseBpf)
            return WalkRefusal.Of(MapCommand, Errno.EPERM);
        var error = CreateMap(out var map);
        if (error != Errno.None)
        {
            map.Dispose();
            return WalkRefusal.Of(MapCommand, error);
        }

        error = SharedMemory.TryMap(map, WalkLayout.Size, out var memory);
        var programs = new WalkProgram?[(int)WalkTable.Bound + 1];
        var failure = error == Errno.None ? TryLoad(files, faster, map, programs) : WalkRefusal.Of("mmap", error);
        if (failure is null)
        {
            walk = new HashWalk(map, memory!, programs);
            return null;
        }

        Free(programs);
        memory?.Dispose();
        map.Dispose();
        return failure;
    }

    private static WalkFailure? TryLoad(ImmutableArray<BpfObject> files, BpfObject? faster, FileDescriptor map, WalkProgram?[] programs)
    {
        var references = files.SelectMany(file => file.References).Concat(faster?.References ?? []);
        return KernelTypesFile.With([.. BpfLinker.NamesOf([.. references])], (in KernelTypes types) =>
        {
            // Why a kernel does not take it is of no interest: the other one tells the same.
            if (faster is not null)
                _ = WalkProgram.TryLoad(faster, types, map, out programs[0]);
            for (int i = 0; i < files.Length; i++)
            {
                if (programs[i] is null && WalkProgram.TryLoad(files[i], types, map, out programs[i]) is { } failure)
                    return failure;
            }

            return null;
        });
    }

    private static void Free(WalkProgram?[] programs)
    {
        foreach (var program in programs)
            program?.Dispose();
    }

    // Before Linux 5.11 such memory counts against RLIMIT_MEMLOCK, which root may raise for itself.
    private static Errno CreateMap(out FileDescriptor map)
    {
        var error = BpfCall.CreateSharedMemory(WalkLayout.Size, out map);
        if (error != Errno.EPERM || KernelRelease.Current.Version >= new Version(5, 11) || !ResourceLimit.TryRaiseLockedMemory(WalkLayout.Size * 4))
            return error;
        map.Dispose();
        return BpfCall.CreateSharedMemory(WalkLayout.Size, out map);
    }
}
