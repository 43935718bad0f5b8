using System.Collections.Immutable;
using TcpLens.Core.Model;
using TcpLens.Core.Sources;
using TcpLens.Core.Text;

namespace TcpLens.Outputs.Web.Api;

/// <summary>A way of putting sockets into groups. A key is a number, so that a million sockets cost no allocation each.</summary>
internal sealed class GroupBy
{
    /// <summary>The key of sockets that no process holds: they have no owner.</summary>
    private static readonly UInt128 s_kernel = UInt128.MaxValue;

    private readonly Func<SocketRecord, UInt128>? _key;
    private readonly Func<UInt128, string> _text;

    private GroupBy(string name, Phrase label, string filterWord, Func<SocketRecord, UInt128>? key, Func<UInt128, string> text)
    {
        (Name, Label, FilterWord) = (name, label, filterWord);
        (_key, _text) = (key, text);
    }

    public static ImmutableArray<GroupBy> All { get; } =
    [
        new("state", new("State", "状态"), "state:", socket => (byte)socket.State, key => ((TcpState)(byte)key).Info().Name),
        new("local_port", new("Local port", "本端端口"), "lport:", socket => socket.Local.Port, key => key.ToString()),
        new("remote_address", new("Remote address", "对端地址"), "remote:", socket => socket.Remote.Address.Bits, key => new IpAddress(key).ToString()),
        new("remote_port", new("Remote port", "对端端口"), "rport:", socket => socket.Remote.Port, key => key.ToString()),
        new("remote_net24", new("Remote network (/24, /64)", "对端网段（/24、/64）"), "remote:", socket => Network(socket.Remote.Address), key => $"{new IpAddress(key)}/{(new IpAddress(key).IsV4 ? 24 : 64)}"),
        new("family", new("Family", "地址族"), "family:", socket => socket.Family == SocketFamily.IPv4 ? (UInt128)4 : 6, key => key.ToString()),
        new("uid", new("Owner (uid)", "所有者（uid）"), "uid:", socket => socket.Inode == 0 ? s_kernel : socket.UserId, key => key == s_kernel ? "kernel" : key.ToString()),
        new("netns", new("Network namespace", "网络命名空间"), "netns:", null, key => key.ToString()),
    ];

    public string Name { get; }

    public Phrase Label { get; }

    /// <summary>What stands before a key in the word that narrows a filter to one group.</summary>
    public string FilterWord { get; }

    /// <summary>Whether the namespace is the key, which no socket knows.</summary>
    public bool IsByNamespace => _key is null;

    /// <summary>How much of a socket it looks at.</summary>
    public SocketDetail Detail => Name == "uid" ? SocketDetail.All : SocketDetail.Ends;

    /// <summary>The same key for a source that counts by itself; <see langword="null"/> where it has to be asked socket by socket.</summary>
    public SocketKey? Key => Name switch
    {
        "local_port" => new SocketKey(SocketKeyKind.LocalPort),
        "remote_port" => new SocketKey(SocketKeyKind.RemotePort),
        "remote_address" => new SocketKey(SocketKeyKind.RemotePrefix),
        "remote_net24" => new SocketKey(SocketKeyKind.RemotePrefix, 24, 64),
        _ => null,
    };

    public UInt128 KeyOf(in SocketRecord socket) => _key!(socket);

    public string TextOf(UInt128 key) => _text(key);

    /// <summary>The word that narrows a filter to the group.</summary>
    public string FilterOf(string key) => Name == "uid" && key == "kernel" ? "owned:no" : FilterWord + key;

    private static UInt128 Network(IpAddress address) => address.IsV4 ? address.Bits & ~(UInt128)0xff : address.Bits & ~(UInt128)ulong.MaxValue;
}
