using System.Buffers.Text;
using TcpLens.Core.Text;
using TcpLens.Linux.Bpf;
using TcpLens.Linux.Interop;
using TcpLens.Linux.Namespaces;
using TcpLens.Linux.Reading;

namespace TcpLens.Linux.Owners;

/// <summary>
/// Asks the kernel itself who holds which socket, where that may be done and is worth its loading. It tells the processes of all users, whether or not
/// their descriptors may be seen. One thread at a time.
/// </summary>
/// <param name="isKept">Whether there will be many searches.</param>
/// <param name="load">Loads the program.</param>
internal sealed class KernelHolders(bool isKept, Func<(HolderIterator?, WalkFailure?)> load) : IDisposable
{
    /// <summary>With so many open files a single search through /proc costs as much as the loading (docs/decisions/0014-holders.md).</summary>
    internal const long FilesWorthLoading = 1_000;

    private static readonly Version s_since = new(5, 11);

    private HolderIterator? _iterator;
    private WalkFailure? _failure;

    /// <summary>One that loads what this program brings along; nothing is loaded before it is worth it.</summary>
    public KernelHolders(bool isKept)
        : this(isKept, Load)
    {
    }

    /// <summary>Whether the program is in the kernel.</summary>
    public bool IsLoaded => _iterator is not null;

    /// <summary>Why it cannot be asked although this user may use eBPF; <see langword="null"/> where it was not tried, or is not permitted.</summary>
    public Phrase? Refusal => _failure?.Reason;

    /// <summary>Whether these capabilities allow to ask it here, as far as that can be told without asking.</summary>
    public static bool MayTell(Capabilities capabilities) =>
        capabilities.MayUseBpf && !OwnNamespace.HasOwnProcesses && KernelRelease.Current.Version >= s_since;

    /// <summary>Whether it is to be asked, as far as that can be told without loading anything.</summary>
    public bool IsWorthAsking()
    {
        if (_iterator is not null || _failure is { IsFinal: true })
            return _iterator is not null;
        var capabilities = Capabilities.Own;
        return capabilities.MayUseBpf && (isKept || !capabilities.MaySeeDescriptors || OpenFiles() >= FilesWorthLoading);
    }

    /// <summary>Whether it is to be asked, and can be. What stands in the way is then its <see cref="Refusal"/>.</summary>
    public bool IsReady()
    {
        if (_iterator is null && IsWorthAsking())
            (_iterator, _failure) = OwnNamespace.HasOwnProcesses ? (null, OfOwnProcesses()) : load();
        return _iterator is not null;
    }

    /// <summary>Tells every descriptor of a TCP socket, until <paramref name="take"/> returns <see langword="false"/>.</summary>
    /// <returns>Whether all went well; otherwise something may be missing, and <see cref="Refusal"/> says why.</returns>
    public bool ForEach(Func<HolderRecord, bool> take)
    {
        var error = _iterator!.ForEach(take);
        _failure = error == Errno.None ? null : WalkRefusal.Of("BPF_ITER_CREATE", error);
        return error == Errno.None;
    }

    /// <summary>The open files of the whole machine, which the kernel tells at once: about what a look at every process would find.</summary>
    public static long OpenFiles()
    {
        Span<byte> text = stackalloc byte[64];
        return SmallFile.Read("/proc/sys/fs/file-nr", text, out int length) == Errno.None && TryParseOpenFiles(text[..length], out long files) ? Math.Max(files, 0) : 0;
    }

    public void Dispose() => _iterator?.Dispose();

    internal static bool TryParseOpenFiles(ReadOnlySpan<byte> text, out long files) => Utf8Parser.TryParse(text, out files, out _);

    private static (HolderIterator?, WalkFailure?) Load()
    {
        var failure = HolderIterator.TryLoad(out var iterator);
        return (iterator, failure);
    }

    // The kernel tells the numbers of the machine. In a container processes have others, and those outside none.
    private static WalkFailure OfOwnProcesses() => new(
        new Phrase("process numbers of this process namespace are not those of the machine", "本进程命名空间的进程号与主机的不同"), IsFinal: true);
}
