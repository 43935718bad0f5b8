using TcpLens.Linux.Bpf;

namespace TcpLens.Linux.Owners;

/// <summary>
/// Who holds which socket of the whole machine, as the kernel has told it in one go: a number for each socket. Who a process is, is read when somebody asks
/// for one of its sockets, or when two processes hold the same one.
/// </summary>
/// <param name="roots">Where processes are read.</param>
/// <param name="files">Open files of the machine: there will hardly be more sockets.</param>
internal sealed class ToldHolders(OwnerRoots roots, long files)
{
    private readonly Dictionary<uint, int> _processes = new((int)Math.Min(files, OwnerTable.SocketsMaximum));
    private readonly Dictionary<int, Holder?> _holders = [];
    private readonly ProcessFiles _files = new(roots);

    /// <summary>Whether there were more sockets than there are places.</summary>
    public bool IsFull => _processes.Count > OwnerTable.SocketsMaximum;

    /// <summary>Takes what the kernel tells of one descriptor.</summary>
    /// <returns><see langword="false"/> when there is no place for more.</returns>
    public bool Take(HolderRecord record)
    {
        if (_processes.TryAdd(record.Inode, record.Process))
            return !IsFull;
        int other = _processes[record.Inode];
        if (other != record.Process && Of(record.Process) is { } holder && (Of(other) is not { } known || holder.Precedes(known)))
            _processes[record.Inode] = record.Process;
        return true;
    }

    /// <summary>The holder of the socket; <see langword="null"/> when nobody holds it, or who did has ended.</summary>
    public Holder? Find(uint inode) => _processes.TryGetValue(inode, out int process) ? Of(process) : null;

    private Holder? Of(int process)
    {
        if (!_holders.TryGetValue(process, out var holder))
            _holders.Add(process, holder = _files.Read(process));
        return holder;
    }
}
