using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using TcpLens.Core.Model;
using TcpLens.Core.Text;
using TcpLens.Linux.Interop;

namespace TcpLens.Linux.Namespaces;

/// <summary>Finds the namespace that a user means by a name, an inode number, the number of a process inside, or a path.</summary>
public sealed class NamespaceFinder(NamespaceSurvey survey, NamespaceRoots? roots = null)
{
    private const int ShownCandidates = 12;

    private readonly NamespaceRoots _roots = roots ?? NamespaceRoots.System;

    /// <summary>
    /// Takes, in this order: a name of the survey; an inode number, bare or as <c>net:[4026531833]</c>; a process number; a path
    /// (<c>/run/docker/netns/default</c>, <c>/proc/42/ns/net</c>) or a file name in <c>/run/netns</c>.
    /// </summary>
    public NamespaceMatch Find(string word)
    {
        foreach (var candidate in survey.Namespaces)
        {
            if (candidate.Name == word)
                return new NamespaceMatch { Namespace = candidate };
        }

        var files = new NamespaceFiles(_roots);
        var found = FindByInode(word) ?? FindByProcess(word, files) ?? FindByPath(word, files);
        return found is not null ? new NamespaceMatch { Namespace = found } : NotFound(word);
    }

    private NetworkNamespace? FindByInode(string word)
    {
        bool isNumber = ulong.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number)
            || NamespaceLink.TryParse(Encoding.UTF8.GetBytes(word), "net"u8, out number);
        return isNumber ? WithInode(number) ?? WithStandIn(number) : null;
    }

    private NetworkNamespace? FindByProcess(string word, NamespaceFiles files)
    {
        if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int process))
            return null;
        string name = process.ToString(CultureInfo.InvariantCulture);
        if (files.ReadInode(name, "net", out ulong inode) == Errno.None && WithInode(inode) is { } known)
            return known;
        return files.ReadStandIn(name, out ulong standIn) == Errno.None ? WithStandIn(standIn) : null;
    }

    private NetworkNamespace? FindByPath(string word, NamespaceFiles files)
    {
        string path = word.Contains('/', StringComparison.Ordinal) ? word : Path.Combine(_roots.Netns, word);
        if (word.Length == 0 || path.Contains('\0', StringComparison.Ordinal) || !files.TryReadFile(path, out ulong inode))
            return null;
        return WithInode(inode) ?? new NetworkNamespace
        {
            Inode = inode,
            Name = PrintableName.Of(path),
            Kind = NamespaceKind.Named,
            Path = path,
        };
    }

    private NetworkNamespace? WithInode(ulong inode)
    {
        foreach (var candidate in survey.Namespaces)
        {
            if (candidate.Inode == inode)
                return candidate;
        }

        return null;
    }

    private NetworkNamespace? WithStandIn(ulong standIn)
    {
        foreach (var candidate in survey.Namespaces)
        {
            if (candidate.StandIn == standIn)
                return candidate;
        }

        return null;
    }

    private NamespaceMatch NotFound(string word)
    {
        var names = ImmutableArray.CreateBuilder<string>(survey.Namespaces.Length);
        foreach (var candidate in survey.Namespaces)
            names.Add(candidate.Name);
        if (Nearest.Find(word, names) is { } nearest)
        {
            return new NamespaceMatch
            {
                Failure = UnknownButNear.With(PrintableName.Of(word), nearest),
                Candidates = names.ToImmutable(),
            };
        }

        var shown = names.Take(ShownCandidates);
        int hidden = Math.Max(0, names.Count - ShownCandidates);
        var failure = hidden > 0 ? UnknownOfMany : Unknown;
        return new NamespaceMatch
        {
            Failure = new Phrase(
                string.Format(failure.English, PrintableName.Of(word), string.Join(", ", shown), hidden),
                string.Format(failure.Chinese, PrintableName.Of(word), string.Join('、', shown), hidden)),
            Candidates = names.ToImmutable(),
        };
    }

    private static readonly Phrase UnknownButNear = new(
        "no network namespace \"{0}\": did you mean \"{1}\"?",
        "没有名为“{0}”的网络命名空间：是否想输入“{1}”？");

    private static readonly Phrase Unknown = new(
        "no network namespace \"{0}\"; there are: {1}",
        "没有名为“{0}”的网络命名空间；现有：{1}");

    private static readonly Phrase UnknownOfMany = new(
        "no network namespace \"{0}\"; there are: {1} and {2} more",
        "没有名为“{0}”的网络命名空间；现有：{1}，另有 {2} 个");
}
