using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using TcpLens.Core.Filtering;
using TcpLens.Core.Model;
using TcpLens.Core.Owners;
using TcpLens.Core.Sources;
using TcpLens.Core.Text;

namespace TcpLens.Core.Grouping;

/// <summary>A way of putting sockets into groups. A key of the socket's own is a number, so that a million sockets cost no allocation each.</summary>
public sealed class GroupBy
{
    /// <summary>The key of sockets that no process holds: they have no owner.</summary>
    private static readonly UInt128 s_kernel = UInt128.MaxValue;

    /// <summary>The network of an address, where nobody says how long its prefix is: /24 of IPv4 and /64 of IPv6.</summary>
    private const int StandardV4 = 24;
    private const int StandardV6 = 64;

    private const string RemoteNet = "remote_net";
    private const string OutsideContainers = "host";

    private readonly Func<SocketRecord, UInt128>? _key;
    private readonly Func<UInt128, string>? _text;
    private readonly Func<Owner, string>? _owner;

    private GroupBy(string name, string word, Phrase label, string filterWord, Func<SocketRecord, UInt128>? key, Func<UInt128, string> text)
    {
        (Name, Word, Label, FilterWord) = (name, word, label, filterWord);
        (_key, _text) = (key, text);
    }

    private GroupBy(string name, string word, Phrase label, string filterWord, SocketKey key, Func<UInt128, string> text)
        : this(name, word, label, filterWord, socket => key.Of(socket), text) => Key = key;

    private GroupBy(string name, Phrase label, string filterWord, Func<Owner, string> owner)
    {
        (Name, Word, Label, FilterWord, _owner) = (name, name, label, filterWord, owner);
    }

    /// <summary>All of them, in the order of help.</summary>
    public static ImmutableArray<GroupBy> All { get; } =
    [
        new("state", "state", new("State", "状态"), "state:", socket => (byte)socket.State, key => ((TcpState)(byte)key).Info().Name),
        new("service", new("Service", "服务"), "service:", owner => owner.Service),
        new("process", new("Process", "进程"), "process:", owner => owner.NumberedProcess ?? owner.Service),
        new("container", new("Container", "容器"), "container:", owner => owner.ContainerText ?? OutsideContainers),
        new("user", new("User", "用户"), "user:", owner => owner.User ?? "?"),
        new("local_port", "port", new("Local port", "本端端口"), "lport:", new SocketKey(SocketKeyKind.LocalPort), key => key.ToString()),
        new("remote_address", "remote", new("Remote address", "对端地址"), "remote:", new SocketKey(SocketKeyKind.RemotePrefix), key => new IpAddress(key).ToString()),
        new("remote_port", "rport", new("Remote port", "对端端口"), "rport:", new SocketKey(SocketKeyKind.RemotePort), key => key.ToString()),
        Networks("remote_net24", StandardV4, StandardV6),
        Networks(RemoteNet, StandardV4, StandardV6),
        new("family", "family", new("Family", "地址族"), "family:", socket => socket.Family == SocketFamily.IPv4 ? (UInt128)4 : 6, key => key.ToString()),
        new("uid", "uid", new("Owner (uid)", "所有者（uid）"), "uid:", socket => socket.Inode == 0 ? s_kernel : socket.UserId, key => key == s_kernel ? "kernel" : key.ToString()),
        new("netns", "netns", new("Network namespace", "网络命名空间"), "netns:", null, key => key.ToString()),
    ];

    /// <summary>The name in the API.</summary>
    public string Name { get; }

    /// <summary>The word on the command line.</summary>
    public string Word { get; }

    public Phrase Label { get; }

    /// <summary>What stands before a key in the word that narrows a filter to one group.</summary>
    public string FilterWord { get; }

    /// <summary>The same key for a source that counts by itself; <see langword="null"/> where it has to be asked socket by socket.</summary>
    public SocketKey? Key { get; }

    /// <summary>How much of a socket it looks at.</summary>
    public SocketDetail Detail => Name == "uid" || NeedsOwner ? SocketDetail.Owners : SocketDetail.Ends;

    /// <summary>Whether the owner is the key, whom no socket knows.</summary>
    public bool NeedsOwner => _owner is not null;

    /// <summary>Whether the namespace is the key, which no socket knows.</summary>
    public bool IsByNamespace => _key is null && _owner is null;

    /// <summary>Whether the key is a number or a text that is kept once.</summary>
    internal bool IsText => NeedsOwner || IsByNamespace;

    /// <summary>Finds a way by its name or word; a prefix may follow <c>remote</c>: <c>remote/24</c>, <c>remote/16,48</c>, <c>remote/48</c> (IPv6 alone).</summary>
    public static bool TryParse(string word, [NotNullWhen(true)] out GroupBy? by)
    {
        int slash = word.IndexOf('/', StringComparison.Ordinal);
        string name = slash < 0 ? word : word[..slash];
        by = All.FirstOrDefault(one => one.Name == name) ?? All.FirstOrDefault(one => one.Word == name);
        if (slash >= 0 && by is not null)
            by = by.Name is "remote_address" or RemoteNet ? WithPrefix(word[(slash + 1)..]) : null;
        return by is not null;
    }

    /// <summary>Networks by the lengths of their prefixes: <c>24</c>, <c>48</c> (more than 32: of IPv6), <c>16,48</c>; <see langword="null"/> when it is none of these.</summary>
    public static GroupBy? WithPrefix(string lengths)
    {
        string[] parts = lengths.Split(',');
        if (!TryLength(parts[0], 128, out int first) || parts.Length > 2)
            return null;
        if (parts.Length == 1)
            return first <= 32 ? Networks(RemoteNet, first, StandardV6) : Networks(RemoteNet, StandardV4, first);
        return first <= 32 && TryLength(parts[1], 128, out int second) ? Networks(RemoteNet, first, second) : null;
    }

    /// <summary>The word that narrows a filter to the group.</summary>
    public string FilterOf(string key) => Name switch
    {
        "uid" when key == "kernel" => "owned:no",
        "container" when key == OutsideContainers => "service:* !container:*",
        _ when NeedsOwner => FilterWord + NamePattern.Of(key),
        _ => FilterWord + key,
    };

    /// <summary>What tells more of an owner that is a group: the command line of a process, the pod of a container; <see langword="null"/> when nothing does.</summary>
    public string? DetailOf(Owner owner) => Name switch
    {
        "user" => null,
        "container" => owner.Container?.Pod is { } pod ? $"pod {pod}" : null,
        _ => owner.CommandLine,
    };

    internal UInt128 KeyOf(in SocketRecord socket) => _key!(socket);

    internal string KeyOf(Owner owner) => _owner!(owner);

    internal string TextOf(UInt128 key) => _text!(key);

    private static bool TryLength(string text, uint most, out int length)
    {
        bool isNumber = NumberRange.TryParseNumber(text, out uint number) && number <= most;
        length = (int)number;
        return isNumber;
    }

    private static GroupBy Networks(string name, int v4, int v6)
    {
        var label = new Phrase("Remote network (/{0}, /{1})", "对端网段（/{0}、/{1}）").With(v4, v6);
        return new GroupBy(name, name, label, "remote:", new SocketKey(SocketKeyKind.RemotePrefix, v4, v6), key =>
        {
            var address = new IpAddress(key);
            return $"{address}/{(address.IsV4 ? v4 : v6)}";
        });
    }
}
