using TcpLens.Linux.Interop;

namespace TcpLens.Linux.Bpf;

/// <summary>
/// The kernel's own iterator over all open files, with a program that tells the sockets among them and who holds them (Linux 5.11 and newer). One
/// thread at a time.
/// </summary>
internal sealed class HolderIterator : IDisposable
{
    /// <summary>The program.</summary>
    internal const string Name = "holders";

    /// <summary>The kernel's function that stands for the iterator.</summary>
    internal const string Iterator = "bpf_iter_task_file";

    /// <summary>Twice what the kernel gathers before it hands it over.</summary>
    private const int BufferSize = 64 * 1024;

    /// <summary>The kernel pauses after a million files that are no sockets; so often in a row is no pause any more.</summary>
    private const int PausesMaximum = 1000;

    private readonly FileDescriptor _link;
    private readonly byte[] _buffer = new byte[BufferSize];

    private HolderIterator(FileDescriptor link) => _link = link;

    /// <summary>Loads the program for the running kernel: some milliseconds, mostly the search in the kernel's types.</summary>
    /// <returns><see langword="null"/>, or why it cannot be.</returns>
    public static WalkFailure? TryLoad(out HolderIterator? iterator) => TryLoad(WalkProgram.Embedded(Name), out iterator);

    /// <summary>Tells every descriptor of a TCP socket of every process and thread, until <paramref name="take"/> returns <see langword="false"/>.</summary>
    public Errno ForEach(Func<HolderRecord, bool> take)
    {
        var error = BpfCall.OpenIterator(_link, out var iteration);
        using var file = new SequentialFile(iteration);
        return error == Errno.None ? Read(file, take) : error;
    }

    public void Dispose() => _link.Dispose();

    internal static WalkFailure? TryLoad(BpfObject holders, out HolderIterator? iterator)
    {
        WalkProgram? program = null;
        iterator = null;
        if (KernelTypesFile.With([.. BpfLinker.NamesOf(holders.References), Iterator], (in KernelTypes types) => WalkProgram.TryLoadIterator(holders, types, Iterator, out program)) is { } failure)
            return failure;
        using (program)
        {
            var error = program!.Attach(out var link);
            if (error == Errno.None)
            {
                iterator = new HolderIterator(link);
                return null;
            }

            link.Dispose();
            return WalkRefusal.Of("BPF_LINK_CREATE", error);
        }
    }

    private Errno Read(SequentialFile file, Func<HolderRecord, bool> take)
    {
        int rest = 0;
        int pauses = 0;
        while (true)
        {
            var error = file.Read(_buffer.AsSpan(rest), out int length);
            if (error == Errno.EAGAIN && pauses++ < PausesMaximum)
                continue;
            if (error != Errno.None)
                return error;
            // What ends within a record has been cut.
            if (length == 0)
                return rest == 0 ? Errno.None : Errno.EPROTO;
            pauses = 0;
            ReadOnlySpan<byte> left = _buffer.AsSpan(0, rest + length);
            while (HolderRecord.TryTake(ref left, out var record))
            {
                if (!take(record))
                    return Errno.None;
            }

            rest = left.Length;
            left.CopyTo(_buffer);
        }
    }
}
