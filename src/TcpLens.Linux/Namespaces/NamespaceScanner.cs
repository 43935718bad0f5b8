using System.Collections.Immutable;
using System.Globalization;
using TcpLens.Core.Model;
using TcpLens.Linux.Interop;

namespace TcpLens.Linux.Namespaces;

/// <summary>
/// Finds every network namespace that a process is in or that <c>ip netns</c> has named, each once, as root or as any user. One call into the
/// kernel for a process that may be asked, two for one that may not. Namespaces that only a thread, a socket or an open descriptor holds stay
/// unseen.
/// </summary>
public sealed class NamespaceScanner
{
    /// <summary>The most namespaces of one survey: 300 bytes each.</summary>
    public const int MaxNamespaces = 16_384;

    private readonly NamespaceRoots _roots;
    private readonly NamespaceFiles _files;
    private readonly Dictionary<ulong, NamespaceSighting> _byInode = [];
    private readonly Dictionary<ulong, NamespaceSighting> _byStandIn = [];
    private readonly List<NamespaceSighting> _all = [];
    private int _processes;
    private int _unseen;
    private bool _isTruncated;

    private NamespaceScanner(NamespaceRoots roots)
    {
        _roots = roots;
        _files = new NamespaceFiles(roots);
    }

    /// <summary>Looks at the machine once, from the calling thread.</summary>
    public static NamespaceSurvey Scan(NamespaceRoots? roots = null)
    {
        var scanner = new NamespaceScanner(roots ?? NamespaceRoots.System);
        scanner.SeeOwn();
        scanner.SeeProcesses();
        scanner.SeeNamedFiles();
        return scanner.ToSurvey();
    }

    private void SeeOwn()
    {
        var inode = _files.ReadInode("thread-self", "net", out ulong number) == Errno.None ? number : (ulong?)null;
        var standIn = _files.ReadStandIn("thread-self", out number) == Errno.None ? number : (ulong?)null;
        Add(new NamespaceSighting { Inode = inode, StandIn = standIn, IsOwn = true });
    }

    private void SeeProcesses()
    {
        Span<char> name = stackalloc char[16];
        foreach (int process in ProcessList.Of(_roots.Proc))
        {
            process.TryFormat(name, out int length, provider: CultureInfo.InvariantCulture);
            SeeProcess(process, name[..length]);
        }
    }

    private void SeeProcess(int process, ReadOnlySpan<char> name)
    {
        var error = _files.ReadInode(name, "net", out ulong inode);
        if (error == Errno.None)
        {
            _processes++;
            if (!_byInode.TryGetValue(inode, out var known))
            {
                ulong? standIn = _files.ReadStandIn(name, out ulong number) == Errno.None ? number : null;
                known = standIn is { } stands ? _byStandIn.GetValueOrDefault(stands) : null;
                // What was seen by its stand-in alone gets its inode from the first process that may be asked.
                if (known is { Inode: null })
                    _byInode[(known.Inode = inode).Value] = known;
                else
                    known = Add(new NamespaceSighting { Inode = inode, StandIn = standIn });
            }

            known?.SeeProcess(process);
            return;
        }

        if (IsGone(error))
            return;
        error = _files.ReadStandIn(name, out ulong replacement);
        if (IsGone(error))
            return;
        _processes++;
        if (error != Errno.None)
            _unseen++;
        else
            (_byStandIn.GetValueOrDefault(replacement) ?? Add(new NamespaceSighting { StandIn = replacement }))?.SeeProcess(process);
    }

    // A process that has ended, or has ended and waits for its parent, is in no namespace.
    private static bool IsGone(Errno error) => error is Errno.ENOENT or Errno.ESRCH;

    private void SeeNamedFiles()
    {
        foreach (string file in NamedFiles())
        {
            if (_files.TryReadFile(file, out ulong inode))
                (_byInode.GetValueOrDefault(inode) ?? Add(new NamespaceSighting { Inode = inode }))?.SeeFile(file);
        }
    }

    private IEnumerable<string> NamedFiles()
    {
        var options = new EnumerationOptions { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true };
        return Directory.Exists(_roots.Netns) ? Directory.EnumerateFiles(_roots.Netns, "*", options) : [];
    }

    private NamespaceSighting? Add(NamespaceSighting sighting)
    {
        if (_all.Count == MaxNamespaces)
        {
            _isTruncated = true;
            return null;
        }

        _all.Add(sighting);
        if (sighting.Inode is { } inode)
            _byInode[inode] = sighting;
        if (sighting.StandIn is { } standIn)
            _byStandIn[standIn] = sighting;
        return sighting;
    }

    private NamespaceSurvey ToSurvey()
    {
        var namer = new NamespaceNamer(_roots, _files);
        // The host first, so that no other can take its name; then by process, so that the older of two equal names keeps it.
        _all.Sort((left, right) => Order(left).CompareTo(Order(right)));
        var named = ImmutableArray.CreateBuilder<NetworkNamespace>(_all.Count);
        foreach (var sighting in _all)
            named.Add(namer.Name(sighting));
        named.Sort((left, right) => (left.Kind != NamespaceKind.Host, left.Name).CompareTo((right.Kind != NamespaceKind.Host, right.Name)));
        return new NamespaceSurvey
        {
            Namespaces = named.MoveToImmutable(),
            Processes = _processes,
            ProcessesUnseen = _unseen,
            IsTruncated = _isTruncated,
        };

        (bool, uint, ulong) Order(NamespaceSighting sighting) => (!namer.IsHost(sighting), (uint)sighting.ProcessId - 1, sighting.Inode ?? 0);
    }
}
