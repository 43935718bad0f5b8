using System.Collections.Immutable;
using TcpLens.Core.Text;

namespace TcpLens.Core.Filtering;

/// <summary>The keys of the filter language, declared here and nowhere else.</summary>
public static class FilterKeys
{
    private static readonly Phrase s_port = new("a port from 0 to 65535 or a range such as 8000-8999", "0 到 65535 的端口，或 8000-8999 这样的范围");
    private static readonly Phrase s_address = new("an address or a prefix such as 10.0.0.0/8 or 2001:db8::/32", "IP 地址，或 10.0.0.0/8、2001:db8::/32 这样的前缀");
    private static readonly Phrase s_yesNo = new("yes or no", "yes 或 no");
    private static readonly Phrase s_name = new("a name, in which * and ? stand for other characters", "名称，其中 * 和 ? 可代表其他字符");
    private static readonly Phrase s_bytes = new("a comparison of bytes such as >0, >=1000, <64 or =0", "字节数的比较，如 >0、>=1000、<64、=0");

    /// <summary>All keys, in the order of help and of the canonical form.</summary>
    public static ImmutableArray<FilterKey> All { get; } =
    [
        new()
        {
            Name = "state",
            Field = FilterField.State,
            Description = new("state or group of states, in any spelling", "连接状态或状态组，任何写法均可"),
            Expected = new("a state such as close_wait or a group such as opening", "close_wait 这样的状态，或 opening 这样的状态组"),
            Example = "state:close_wait,last_ack",
            Values = [.. FilterStates.Words],
        },
        new()
        {
            Name = "port",
            Field = FilterField.Port,
            Description = new("port at either end", "任意一端的端口"),
            Expected = s_port,
            Example = "port:443",
        },
        new()
        {
            Name = "lport",
            Aliases = ["sport"],
            Field = FilterField.LocalPort,
            Description = new("local port", "本端端口"),
            Expected = s_port,
            Example = "lport:8000-8999",
        },
        new()
        {
            Name = "rport",
            Aliases = ["dport"],
            Field = FilterField.RemotePort,
            Description = new("remote port", "对端端口"),
            Expected = s_port,
            Example = "rport:5432",
        },
        new()
        {
            Name = "addr",
            Field = FilterField.Address,
            Description = new("address or prefix at either end", "任意一端的地址或前缀"),
            Expected = s_address,
            Example = "addr:127.0.0.0/8,::1",
        },
        new()
        {
            Name = "local",
            Aliases = ["src"],
            Field = FilterField.LocalAddress,
            Description = new("local address or prefix", "本端地址或前缀"),
            Expected = s_address,
            Example = "local:192.0.2.10",
        },
        new()
        {
            Name = "remote",
            Aliases = ["dst"],
            Field = FilterField.RemoteAddress,
            Description = new("remote address or prefix", "对端地址或前缀"),
            Expected = s_address,
            Example = "remote:10.0.0.0/8",
        },
        new()
        {
            Name = "netns",
            Field = FilterField.Namespace,
            Description = new("network namespace by name or inode number", "网络命名空间的名称或 inode 号"),
            Expected = new("a name or an inode number", "名称或 inode 号"),
            Example = "netns:web",
            Values = [NamespaceChoice.Every],
        },
        new()
        {
            Name = "family",
            Field = FilterField.Family,
            Description = new("address family of the socket", "套接字的地址族"),
            Expected = new("4 or 6", "4 或 6"),
            Example = "family:6",
            Values = ["4", "6"],
        },
        new()
        {
            Name = "mapped",
            Field = FilterField.Mapped,
            Description = new("IPv6 socket that carries IPv4", "承载 IPv4 的 IPv6 套接字（v4-mapped）"),
            Expected = s_yesNo,
            Example = "mapped:yes",
            Values = ["yes", "no"],
        },
        new()
        {
            Name = "owned",
            Field = FilterField.Owned,
            Description = new("held by a process (no: by the kernel alone)", "是否有进程持有（no：只由内核保留）"),
            Expected = s_yesNo,
            Example = "owned:no",
            Values = ["yes", "no"],
        },
        new()
        {
            Name = "uid",
            Field = FilterField.User,
            Description = new("user number of the owner, where a process holds the socket", "所有者的用户号（仅限有进程持有的套接字）"),
            Expected = new("a user number or a range such as 1000-1999", "用户号，或 1000-1999 这样的范围"),
            Example = "uid:1000",
        },
        new()
        {
            Name = "recvq",
            Field = FilterField.ReceiveQueue,
            Description = new("bytes that the program has not read yet (never a listener)", "程序尚未读取的字节数（不含监听套接字）"),
            Expected = s_bytes,
            Example = "recvq:>0",
        },
        new()
        {
            Name = "sendq",
            Field = FilterField.SendQueue,
            Description = new("bytes that the peer has not confirmed yet (never a listener)", "对端尚未确认的字节数（不含监听套接字）"),
            Expected = s_bytes,
            Example = "sendq:>=65536",
        },
        new()
        {
            Name = "process",
            Field = FilterField.Process,
            Description = new("process that holds the socket, by name or number", "持有套接字的进程，按名称或进程号"),
            Expected = s_name,
            Example = "process:nginx",
        },
        new()
        {
            Name = "service",
            Aliases = ["unit"],
            Field = FilterField.Service,
            Description = new("service of the socket: systemd unit, container or process", "套接字所属服务：systemd 单元、容器或进程"),
            Expected = s_name,
            Example = "service:web.service",
        },
        new()
        {
            Name = "container",
            Field = FilterField.Container,
            Description = new("container of the socket's process", "套接字所属进程的容器"),
            Expected = s_name,
            Example = "container:docker:*",
        },
        new()
        {
            Name = "user",
            Field = FilterField.OwningUser,
            Description = new("user that the socket's process acts as, by name", "套接字所属进程的用户名"),
            Expected = s_name,
            Example = "user:www-data",
        },
    ];

    /// <summary>The key with this name or alias, or <see langword="null"/>.</summary>
    internal static FilterKey? Find(ReadOnlySpan<char> name)
    {
        foreach (var key in All)
        {
            if (key.IsCalled(name))
                return key;
        }

        return null;
    }

    internal static FilterKey Of(FilterField field) => All[(int)field];

    /// <summary>Every name and alias.</summary>
    internal static IEnumerable<string> Names => All.SelectMany(key => key.Aliases.Prepend(key.Name));
}
