namespace TcpLens.Linux.Interop;

/// <summary>The numbers of netlink and sock_diag that are used here (<c>linux/netlink.h</c>, <c>linux/sock_diag.h</c>, <c>linux/inet_diag.h</c>).</summary>
internal static class NetlinkNumbers
{
    public const int NETLINK_SOCK_DIAG = 4;
    public const int SOL_NETLINK = 270;
    public const int NETLINK_EXT_ACK = 11;

    public const ushort NLMSG_NOOP = 1;
    public const ushort NLMSG_ERROR = 2;
    public const ushort NLMSG_DONE = 3;
    public const ushort NLMSG_OVERRUN = 4;

    public const ushort NLM_F_REQUEST = 0x01;
    public const ushort NLM_F_DUMP_INTR = 0x10;
    public const ushort NLM_F_DUMP = 0x300;
    public const ushort NLM_F_CAPPED = 0x100;
    public const ushort NLM_F_ACK_TLVS = 0x200;
    public const ushort NLMSGERR_ATTR_MSG = 1;

    public const ushort TCPDIAG_GETSOCK = 18;
    public const ushort SOCK_DIAG_BY_FAMILY = 20;

    /// <summary>The attribute with <c>struct tcp_info</c>, which has to be asked for.</summary>
    public const ushort INET_DIAG_INFO = 2;

    /// <summary>The attribute with the cgroup's number.</summary>
    public const ushort INET_DIAG_CGROUP_ID = 21;

    /// <summary>Half-open requests as the kernel numbers them inside; shown as SYN_RECV.</summary>
    public const int TCP_NEW_SYN_RECV = 12;

    /// <summary>Bound and nothing else; shown as CLOSE (Linux 6.8).</summary>
    public const int TCP_BOUND_INACTIVE = 13;
}
