namespace TcpLens.Linux.Interop;

/// <summary>Numbers of the C library that several rooms use (<c>sys/socket.h</c>, <c>fcntl.h</c>, <c>sched.h</c>), the same on x86-64 and arm64.</summary>
internal static class Constants
{
    public const int AF_INET = 2;
    public const int AF_INET6 = 10;
    public const int AF_NETLINK = 16;

    public const int SOCK_STREAM = 1;
    public const int SOCK_DGRAM = 2;
    public const int SOCK_RAW = 3;
    public const int SOCK_NONBLOCK = 0x800;
    public const int SOCK_CLOEXEC = 0x80000;

    public const int SOL_SOCKET = 1;
    public const int SO_REUSEADDR = 2;
    public const int SO_RCVBUF = 8;
    public const int SO_RCVTIMEO = 20;
    public const int SO_REUSEPORT = 15;

    public const int IPPROTO_TCP = 6;
    public const int IPPROTO_IPV6 = 41;
    public const int IPV6_V6ONLY = 26;

    public const int MSG_TRUNC = 0x20;

    public const int O_RDONLY = 0;
    public const int O_RDWR = 2;
    public const int O_CLOEXEC = 0x80000;

    public const int SIGINT = 2;
    public const int SIGPIPE = 13;
    public const int SIGTERM = 15;
    public const int SIG_DFL = 0;
    public const int SIG_IGN = 1;
    public const int CLONE_NEWNET = 0x40000000;

    public const int SHUT_WR = 1;
}
