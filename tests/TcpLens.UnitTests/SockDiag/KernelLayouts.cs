using System.Diagnostics;
using TcpLens.Core.Model;
using TcpLens.Linux.Bpf;
using TcpLens.Linux.Interop;
using TcpLens.Linux.SockDiag;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.UnitTests.SockDiag;

/// <summary>Our numbers and offsets held against the C headers by the C compiler.</summary>
public sealed class KernelLayouts
{
    [Fact]
    public void Structures_of_sock_diag_are_those_of_linux_inet_diag_h() => Compile(
        ["linux/netlink.h", "linux/sock_diag.h", "linux/inet_diag.h", "linux/tcp.h"],
        [
            ("sizeof(struct nlmsghdr)", NetlinkHeader.Size),
            ("sizeof(struct inet_diag_req)", InetDiagRequest.StructureSize),
            ("offsetof(struct inet_diag_req, idiag_states)", InetDiagRequest.StatesOffset),
            ("sizeof(struct inet_diag_msg)", InetDiagMessage.Size),
            ("offsetof(struct inet_diag_msg, idiag_family)", InetDiagMessage.FamilyOffset),
            ("offsetof(struct inet_diag_msg, idiag_state)", InetDiagMessage.StateOffset),
            ("offsetof(struct inet_diag_msg, idiag_timer)", InetDiagMessage.TimerOffset),
            ("offsetof(struct inet_diag_msg, idiag_retrans)", InetDiagMessage.RetransmitsOffset),
            ("offsetof(struct inet_diag_msg, id.idiag_sport)", InetDiagMessage.LocalPortOffset),
            ("offsetof(struct inet_diag_msg, id.idiag_dport)", InetDiagMessage.RemotePortOffset),
            ("offsetof(struct inet_diag_msg, id.idiag_src)", InetDiagMessage.LocalAddressOffset),
            ("offsetof(struct inet_diag_msg, id.idiag_dst)", InetDiagMessage.RemoteAddressOffset),
            ("offsetof(struct inet_diag_msg, idiag_expires)", InetDiagMessage.ExpiresOffset),
            ("offsetof(struct inet_diag_msg, idiag_rqueue)", InetDiagMessage.ReceiveQueueOffset),
            ("offsetof(struct inet_diag_msg, idiag_wqueue)", InetDiagMessage.SendQueueOffset),
            ("offsetof(struct inet_diag_msg, idiag_uid)", InetDiagMessage.UserIdOffset),
            ("offsetof(struct inet_diag_msg, idiag_inode)", InetDiagMessage.InodeOffset),
            ("offsetof(struct inet_diag_req, idiag_ext)", InetDiagRequest.ExtensionsOffset),
            ("offsetof(struct tcp_info, tcpi_last_data_sent)", InetDiagMessage.LastDataSentOffset),
            ("offsetof(struct tcp_info, tcpi_last_data_recv)", InetDiagMessage.LastDataReceivedOffset),
            ("INET_DIAG_INFO", NetlinkNumbers.INET_DIAG_INFO),
            ("NETLINK_SOCK_DIAG", NetlinkNumbers.NETLINK_SOCK_DIAG),
            ("NETLINK_EXT_ACK", NetlinkNumbers.NETLINK_EXT_ACK),
            ("NLMSG_NOOP", NetlinkNumbers.NLMSG_NOOP),
            ("NLMSG_ERROR", NetlinkNumbers.NLMSG_ERROR),
            ("NLMSG_DONE", NetlinkNumbers.NLMSG_DONE),
            ("NLMSG_OVERRUN", NetlinkNumbers.NLMSG_OVERRUN),
            ("NLM_F_REQUEST", NetlinkNumbers.NLM_F_REQUEST),
            ("NLM_F_DUMP", NetlinkNumbers.NLM_F_DUMP),
            ("NLM_F_DUMP_INTR", NetlinkNumbers.NLM_F_DUMP_INTR),
            ("NLM_F_CAPPED", NetlinkNumbers.NLM_F_CAPPED),
            ("NLM_F_ACK_TLVS", NetlinkNumbers.NLM_F_ACK_TLVS),
            ("NLMSGERR_ATTR_MSG", NetlinkNumbers.NLMSGERR_ATTR_MSG),
            ("TCPDIAG_GETSOCK", NetlinkNumbers.TCPDIAG_GETSOCK),
            ("SOCK_DIAG_BY_FAMILY", NetlinkNumbers.SOCK_DIAG_BY_FAMILY),
        ]);

    [Fact]
    public void State_numbers_are_those_of_netinet_tcp_h() => Compile(
        ["netinet/tcp.h"],
        TcpStates.All.Select(info => ($"TCP_{info.Linux}", (int)info.State)));

    [Fact]
    public void Numbers_of_the_C_library_are_right() => Compile(
        ["sys/socket.h", "netinet/in.h", "fcntl.h", "sched.h", "poll.h", "errno.h", "signal.h"],
        [
            ("AF_INET", Constants.AF_INET),
            ("AF_INET6", Constants.AF_INET6),
            ("AF_NETLINK", Constants.AF_NETLINK),
            ("SOCK_STREAM", Constants.SOCK_STREAM),
            ("SOCK_RAW", Constants.SOCK_RAW),
            ("SOCK_NONBLOCK", Constants.SOCK_NONBLOCK),
            ("SOCK_CLOEXEC", Constants.SOCK_CLOEXEC),
            ("SOL_SOCKET", Constants.SOL_SOCKET),
            ("SO_REUSEADDR", Constants.SO_REUSEADDR),
            ("SO_RCVBUF", Constants.SO_RCVBUF),
            ("SO_RCVTIMEO", Constants.SO_RCVTIMEO),
            ("SO_REUSEPORT", Constants.SO_REUSEPORT),
            ("IPPROTO_TCP", Constants.IPPROTO_TCP),
            ("IPPROTO_IPV6", Constants.IPPROTO_IPV6),
            ("IPV6_V6ONLY", Constants.IPV6_V6ONLY),
            ("MSG_TRUNC", Constants.MSG_TRUNC),
            ("O_RDWR", Constants.O_RDWR),
            ("O_CLOEXEC", Constants.O_CLOEXEC),
            ("CLONE_NEWNET", Constants.CLONE_NEWNET),
            ("SHUT_WR", Constants.SHUT_WR),
            ("SIGPIPE", Constants.SIGPIPE),
            ("sizeof(struct pollfd)", System.Runtime.CompilerServices.Unsafe.SizeOf<PollFd>()),
            .. Enum.GetValues<Errno>().Where(error => error != Errno.None).Select(error => (error.ToString(), (int)error)),
        ]);

    [Fact]
    public void Numbers_of_rtnetlink_and_its_structures_are_right() => Compile(
        ["linux/rtnetlink.h", "linux/if_link.h", "linux/if_addr.h", "net/if.h"],
        [
            ("NETLINK_ROUTE", LinkSetup.NETLINK_ROUTE),
            ("RTM_NEWLINK", LinkSetup.RTM_NEWLINK),
            ("RTM_NEWADDR", LinkSetup.RTM_NEWADDR),
            ("NLM_F_ACK", LinkSetup.NLM_F_ACK),
            ("NLM_F_EXCL", LinkSetup.NLM_F_EXCL),
            ("NLM_F_CREATE", LinkSetup.NLM_F_CREATE),
            ("IFLA_TXQLEN", LinkSetup.IFLA_TXQLEN),
            ("IFA_ADDRESS", LinkSetup.IFA_ADDRESS),
            ("IFA_LOCAL", LinkSetup.IFA_LOCAL),
            ("IFA_FLAGS", LinkSetup.IFA_FLAGS),
            ("IFA_F_NODAD", (int)LinkSetup.IFA_F_NODAD),
            ("IFF_UP", (int)LinkSetup.IFF_UP),
            ("sizeof(struct ifinfomsg)", 16),
            ("sizeof(struct ifaddrmsg)", 8),
            ("sizeof(struct nlmsghdr)", LinkSetup.HeaderLength),
            ("offsetof(struct nlmsgerr, msg)", sizeof(int)),
        ]);

    [Fact]
    public void Numbers_of_tun_devices_sockets_limits_and_statx_are_right() => Compile(
        ["sys/ioctl.h", "net/if.h", "linux/if_tun.h", "poll.h", "sys/resource.h", "netinet/in.h", "netinet/tcp.h", "sys/socket.h", "fcntl.h", "sys/stat.h"],
        [
            ("TUNSETIFF", (int)TunDevice.TUNSETIFF),
            ("IFF_TUN", TunDevice.IFF_TUN),
            ("IFF_NO_PI", TunDevice.IFF_NO_PI),
            ("POLLIN", TunDevice.POLLIN),
            ("sizeof(struct ifreq)", TunDevice.InterfaceRequestLength),
            ("IFNAMSIZ", TunDevice.InterfaceNameLength),
            ("RLIMIT_MEMLOCK", ResourceLimit.RLIMIT_MEMLOCK),
            ("RLIMIT_NOFILE", ResourceLimit.RLIMIT_NOFILE),
            ("sizeof(struct rlimit)", System.Runtime.CompilerServices.Unsafe.SizeOf<ResourceLimit>()),
            ("SO_LINGER", TcpSocket.SO_LINGER),
            ("TCP_INFO", TcpSocket.TCP_INFO),
            ("sizeof(struct linger)", 2 * sizeof(int)),
            ("offsetof(struct tcp_info, tcpi_state)", 0),
            ("sizeof(struct sockaddr_in)", TcpSocket.Ipv4AddressLength),
            ("sizeof(struct sockaddr_in6)", TcpSocket.Ipv6AddressLength),
            ("AT_FDCWD", Statx.AT_FDCWD),
            ("AT_EMPTY_PATH", Statx.AT_EMPTY_PATH),
            ("STATX_INO", (int)Statx.STATX_INO),
            ("sizeof(struct statx)", System.Runtime.CompilerServices.Unsafe.SizeOf<Statx>()),
            ("STATX_TYPE", (int)Statx.STATX_TYPE),
            ("STATX_UID", (int)Statx.STATX_UID),
            ("S_IFMT", Statx.S_IFMT),
            ("S_IFSOCK", Statx.S_IFSOCK),
            ("offsetof(struct statx, stx_uid)", 20),
            ("offsetof(struct statx, stx_mode)", 28),
            ("offsetof(struct statx, stx_ino)", 32),
            ("offsetof(struct statx, stx_dev_major)", 136),
            ("offsetof(struct statx, stx_dev_minor)", 140),
        ]);

    [Fact]
    public void What_the_programs_in_the_kernel_write_is_what_is_read() => Compile(
        [RepositoryRoot.Of("src/TcpLens.Linux/Bpf/programs/walk.h")],
        [
            ("sizeof(struct walk)", WalkLayout.Size),
            ("sizeof(struct row)", WalkLayout.RowSize),
            ("sizeof(struct group)", WalkLayout.GroupSize),
            ("sizeof(struct arguments)", WalkQuestion.Length * sizeof(ulong)),
            ("offsetof(struct walk, counts)", WalkLayout.Counts),
            ("offsetof(struct walk, places)", WalkLayout.Places),
            ("sizeof(((struct walk *)0)->places)", WalkLayout.PlacesSize),
            ("offsetof(struct walk, row)", WalkLayout.Rows),
            ("offsetof(struct walk, group)", WalkLayout.Rows),
            ("offsetof(struct row, timer)", 14),
            ("offsetof(struct row, uid)", 56),
            ("offsetof(struct row, cgroup)", 64),
            ("offsetof(struct row, ticks)", 72),
            ("offsetof(struct group, counts)", 24),
            ("GROUPS", WalkLayout.GroupsMaximum),
            ("KINDS", WalkLayout.Kinds),
            ("ROWS", WalkLayout.RowsMaximum),
            ("COPY", BpfLinker.CommonPart),
            ("WANT_ROWS", (int)WalkWants.Rows),
            ("WANT_ALL", (int)WalkWants.EveryNamespace),
            ("WANT_SIGNS", (int)WalkWants.Signs),
            ("WANT_DETAILS", (int)WalkWants.Details),
            ("WANT_GROUPS", (int)WalkWants.Groups),
            ("WANT_OWNERS", (int)WalkWants.Owners),
            ("offsetof(struct walk, unplaced) + 8", System.Runtime.CompilerServices.Unsafe.SizeOf<WalkFacts>()),
        ]);

    [Fact]
    public void Attributes_of_bpf_are_those_of_linux_bpf_h() => Compile(
        ["linux/bpf.h"],
        [
            ("offsetof(union bpf_attr, map_flags)", Offset(nameof(BpfAttributes.MapFlags))),
            ("offsetof(union bpf_attr, insns)", Offset(nameof(BpfAttributes.Instructions))),
            ("offsetof(union bpf_attr, log_buf)", Offset(nameof(BpfAttributes.Log))),
            ("offsetof(union bpf_attr, prog_btf_fd)", Offset(nameof(BpfAttributes.ProgramTypes))),
            ("offsetof(union bpf_attr, func_info_cnt)", Offset(nameof(BpfAttributes.FunctionCount))),
            ("offsetof(union bpf_attr, btf_size)", Offset(nameof(BpfAttributes.TypesSize))),
            ("offsetof(union bpf_attr, test.retval)", Offset(nameof(BpfAttributes.ReturnValue))),
            ("offsetof(union bpf_attr, test.ctx_size_in)", Offset(nameof(BpfAttributes.ContextSize))),
            ("offsetof(union bpf_attr, test.ctx_in)", Offset(nameof(BpfAttributes.Context))),
            ("BPF_PROG_TEST_RUN", 10),
            ("BPF_BTF_LOAD", 18),
            ("BPF_MAP_TYPE_ARRAY", 2),
            ("BPF_F_MMAPABLE", 1 << 10),
            ("BPF_PROG_TYPE_RAW_TRACEPOINT", 17),
        ]);

    private static int Offset(string field) => (int)System.Runtime.InteropServices.Marshal.OffsetOf<BpfAttributes>(field);

    private static void Compile(string[] headers, IEnumerable<(string Expression, int Value)> claims)
    {
        string source = "#define _GNU_SOURCE\n#include <stddef.h>\n"
            + string.Concat(headers.Select(header => Path.IsPathRooted(header) ? $"#include \"{header}\"\n" : $"#include <{header}>\n"))
            + string.Concat(claims.Select(claim => $"_Static_assert(({claim.Expression}) == {claim.Value}, \"{claim.Expression}\");\n"));
        using var compiler = Process.Start(new ProcessStartInfo("cc", ["-fsyntax-only", "-x", "c", "-"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardError = true,
        })!;
        compiler.StandardInput.Write(source);
        compiler.StandardInput.Close();
        string complaints = compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();
        Assert.True(compiler.ExitCode == 0, complaints);
    }
}
