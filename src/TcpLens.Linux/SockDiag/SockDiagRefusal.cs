using TcpLens.Core.Sources;
using TcpLens.Core.Text;
using TcpLens.Linux.Interop;

namespace TcpLens.Linux.SockDiag;

/// <summary>Says in words why the kernel refuses sock_diag altogether, and what would change it: it is not supported, not allowed, or it is not known whether it works.</summary>
internal static class SockDiagRefusal
{
    public static SourceUnavailableException Of(NetlinkFailure failure)
    {
        var words = failure.Error switch
        {
            Errno.EPERM or Errno.EACCES => new Phrase(
                "netlink is not allowed: the system denies sock_diag ({0}); SELinux or a seccomp filter has to allow netlink_tcpdiag_socket",
                "不允许使用 netlink：系统拒绝了 sock_diag（{0}）；需要在 SELinux 或 seccomp 中放行 netlink_tcpdiag_socket"),
            Errno.EOPNOTSUPP or Errno.ENOENT or Errno.EPROTONOSUPPORT or Errno.EAFNOSUPPORT or Errno.EINVAL => new Phrase(
                "netlink is not supported: this kernel has no sock_diag for TCP ({0}); load it with: modprobe tcp_diag",
                "不支持 netlink：当前内核没有提供 TCP 的 sock_diag（{0}）；可执行 modprobe tcp_diag 加载"),
            Errno.EMFILE => new Phrase(
                "whether netlink works is not known: this process has no file descriptor left ({0}); raise its limit (ulimit -n)",
                "无法得知能否使用 netlink：本进程的文件描述符已用尽（{0}）；请调高上限（ulimit -n）"),
            _ => new Phrase("whether netlink works is not known: sock_diag failed ({0})", "无法得知能否使用 netlink：sock_diag 出错（{0}）"),
        };
        return new SourceUnavailableException("netlink", words.With(failure));
    }
}
