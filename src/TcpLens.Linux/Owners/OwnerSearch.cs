using TcpLens.Linux.Interop;
using TcpLens.Linux.Namespaces;

namespace TcpLens.Linux.Owners;

/// <summary>
/// Searches for the holders of sockets whose holder is unknown. The kernel is asked for all of them where it tells (<see cref="KernelHolders"/>). Otherwise
/// the descriptors of processes are looked at: first of those that are known to hold sockets, then of all others, and of threads with tables of their own
/// last. That ends as soon as nothing is missing; the first search looks at all, so that the oldest holder of a shared socket is found.
/// </summary>
/// <param name="roots">Where processes are looked for.</param>
/// <param name="table">What is wanted and known.</param>
/// <param name="kernel">Asked first; <see langword="null"/> where it would not tell about these roots.</param>
internal sealed class OwnerSearch(OwnerRoots roots, OwnerTable table, KernelHolders? kernel = null)
{
    /// <summary>Processes of one search: a second and more of CPU.</summary>
    private const int ProcessesMaximum = 65_536;

    /// <summary>Descriptors of one search: two seconds of CPU.</summary>
    private const long DescriptorsMaximum = 2_000_000;

    /// <summary>Threads that are asked in one search whether their descriptors are their own.</summary>
    private const int ThreadsMaximum = 65_536;

    /// <summary>Descriptors wander between processes (SCM_RIGHTS): so long a known holder is believed.</summary>
    private const int BelievedSeconds = 60;

    private readonly ProcessFiles _processes = new(roots);
    private readonly DescriptorFolder _folder = new();
    private readonly HashSet<int> _scanned = [];
    private long _left;
    private bool _hasSearched;

    /// <summary>Processes whose descriptors this user may not see, in the last search that looked at all; none where the kernel told.</summary>
    public int Denied { get; private set; }

    /// <summary>Whether the last search met a limit.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Descriptors that the last search looked at; of sockets alone where the kernel told them.</summary>
    public long Descriptors => DescriptorsMaximum - _left;

    /// <summary>Finds what the table wants.</summary>
    public void Run()
    {
        _scanned.Clear();
        _left = DescriptorsMaximum;
        var holders = table.Holders();
        foreach (var holder in holders)
            holder.IsGone = !_processes.IsStill(holder) || table.Now - holder.ScannedAt > BelievedSeconds;
        table.Release();
        if (table.Wanted > 0)
        {
            if (kernel?.IsReady() != true || !AskKernel(holders))
                Scan(holders);
            IsCut = table.IsCut || _left <= 0;
        }

        table.End();
    }

    // It always tells all, so that nothing is left to be searched for. What it told before it failed is right.
    private bool AskKernel(HashSet<Holder> known)
    {
        var holders = new Dictionary<int, Holder?>();
        foreach (var holder in known)
        {
            if (!holder.IsGone)
                holders[holder.Process] = holder;
        }

        int process = 0;
        bool isDone = kernel!.ForEach(record =>
        {
            process = record.Process;
            table.Take(record.Inode, Who);
            return --_left > 0;
        });
        if (isDone)
            Denied = 0;
        return isDone;

        Holder? Who()
        {
            if (!holders.TryGetValue(process, out var holder))
            {
                holder = _processes.Read(process);
                if (holder is not null)
                    holder.ScannedAt = table.Now;
                holders.Add(process, holder);
            }

            return holder;
        }
    }

    private void Scan(HashSet<Holder> known)
    {
        foreach (var holder in known.OrderBy(holder => holder.Process))
            Scan(holder.Process, holder.IsGone ? null : holder);
        bool isDone = table.Wanted == 0 && _hasSearched;
        if (!isDone)
            ScanAll();
        if (table.Wanted > 0)
            ScanThreads();
    }

    private void ScanAll()
    {
        int denied = 0;
        int processes = 0;
        foreach (int process in ProcessList.Of(roots.Proc))
        {
            if (processes++ >= ProcessesMaximum || _left <= 0 || (_hasSearched && table.Wanted == 0))
                break;
            if (!_scanned.Contains(process) && Scan(process, null) is Errno.EACCES or Errno.EPERM)
                denied++;
        }

        // A search that has found everything early has not met all.
        Denied = _hasSearched && table.Wanted == 0 ? Denied : denied;
        _hasSearched = true;
    }

    private Errno Scan(int process, Holder? known)
    {
        _scanned.Add(process);
        var error = Scan($"{roots.Proc}/{process}/fd", process, known);
        if (known is not null)
            known.ScannedAt = table.Now;
        return error;
    }

    private Errno Scan(string folder, int process, Holder? holder)
    {
        bool hasEnded = false;
        var error = _folder.ForEachSocket(folder, _left, inode =>
        {
            table.Take(inode, Who);
            return !hasEnded;
        }, out int seen);
        _left -= seen;
        return error;

        Holder? Who()
        {
            if (holder is null && !hasEnded)
            {
                holder = _processes.Read(process);
                hasEnded = holder is null;
                if (holder is not null)
                    holder.ScannedAt = table.Now;
            }

            return holder;
        }
    }

    // A thread may have left its process' table (unshare(2)), and a first thread that has ended shows none.
    private void ScanThreads()
    {
        int threads = 0;
        foreach (int process in ProcessList.Of(roots.Proc))
        {
            string tasks = $"{roots.Proc}/{process}/task";
            foreach (int thread in ThreadsOf(tasks))
            {
                if (threads++ >= ThreadsMaximum || _left <= 0 || table.Wanted == 0)
                    return;
                if (thread != process && !DescriptorFolder.Share(process, thread))
                    Scan($"{tasks}/{thread}/fd", process, null);
            }
        }
    }

    private static IEnumerable<int> ThreadsOf(string tasks)
    {
        try
        {
            return [.. ProcessList.Of(tasks)];
        }
        catch (IOException)
        {
            // The process has ended meanwhile: it holds nothing any more.
            return [];
        }
    }
}
