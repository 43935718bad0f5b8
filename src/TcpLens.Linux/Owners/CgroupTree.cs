using System.Text;
using TcpLens.Core.Owners;
using TcpLens.Linux.Interop;

namespace TcpLens.Linux.Owners;

/// <summary>
/// Who a cgroup is by its number, which sockets tell: the inode of its directory in the tree of cgroup version 2. Any user may walk that tree.
/// One walk tells all; another one is made for a number that is not in it, and not more often than <see cref="PauseSeconds"/>.
/// </summary>
internal sealed class CgroupTree(OwnerRoots roots)
{
    /// <summary>Cgroups to look at in a walk: 100 ms. A node of Kubernetes has some hundred pods, each with a handful.</summary>
    private const int Maximum = 16_384;

    private const int Deepest = 32;
    private const int PauseSeconds = 10;

    private readonly Dictionary<ulong, Owner?> _owners = [];
    private readonly string? _root = roots.Cgroups.FirstOrDefault(root => File.Exists(root + "/cgroup.controllers"));
    private int _walkedAt = int.MinValue;

    /// <summary>The owner that stands for the cgroup; <see langword="null"/> for one that is neither a unit nor a container.</summary>
    public Owner? Find(ulong id, int now)
    {
        if (id == 0 || _root is null)
            return null;
        if (!_owners.TryGetValue(id, out var owner) && now >= (long)_walkedAt + PauseSeconds)
        {
            _walkedAt = now;
            _owners.Clear();
            int left = Maximum;
            Walk(_root, "", Deepest, ref left);
            owner = _owners.GetValueOrDefault(id);
        }

        return owner;
    }

    private void Walk(string folder, string path, int depth, ref int left)
    {
        if (left-- <= 0 || FileIdentity.Of(Encoding.UTF8.GetBytes(folder + '\0'), out var identity) != Errno.None)
            return;
        var place = CgroupPlace.ParsePath(Encoding.UTF8.GetBytes(path));
        _owners[identity.Inode] = place.IsNowhere ? null : new Owner { Container = place.Container, Unit = place.Unit }.Named();
        if (depth == 0)
            return;
        var options = new EnumerationOptions { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };
        foreach (string child in Directory.EnumerateDirectories(folder, "*", options))
            Walk(child, $"{path}/{Path.GetFileName(child)}", depth - 1, ref left);
    }
}
