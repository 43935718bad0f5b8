using TcpLens.Core.Text;
using TcpLens.Linux.Interop;
using TcpLens.Linux.Reading;

namespace TcpLens.Linux.Bpf;

/// <summary>Says in words why the kernel does not take the walk, and what would change it.</summary>
internal static class WalkRefusal
{
    /// <summary>The kernel does not describe its structures, or not to us.</summary>
    public static WalkFailure OfTypes(Errno error) => new(
        error == Errno.ENOENT
            ? new Phrase("this kernel does not describe its structures (no {0}; CONFIG_DEBUG_INFO_BTF)", "当前内核没有提供结构描述（缺少 {0}；需要 CONFIG_DEBUG_INFO_BTF）").With(HashWalk.TypesFile)
            : new Phrase("{0} cannot be read ({1})", "无法读取 {0}（{1}）").With(HashWalk.TypesFile, error),
        IsFinal(error));

    /// <summary>A command of bpf(2) failed.</summary>
    public static WalkFailure Of(string command, Errno error, string? verifier = null) => new(Words(command, error, verifier), IsFinal(error));

    private static Phrase Words(string command, Errno error, string? verifier)
    {
        if (verifier is not null)
            return new Phrase("the kernel's verifier refuses the program: {0}", "内核的校验器拒绝了程序：{0}").With(verifier);
        return error switch
        {
            Errno.EPERM or Errno.EACCES when !Capabilities.Own.MayUseBpf => new Phrase(
                "eBPF is not permitted ({0}); run as root, or give the program CAP_BPF and CAP_PERFMON",
                "没有使用 eBPF 的权限（{0}）；请以 root 身份运行，或授予程序 CAP_BPF 和 CAP_PERFMON 权能").With(error),
            Errno.EPERM when command == HashWalk.MapCommand => new Phrase(
                "the limit of locked memory is too small for eBPF (2 MB); raise it (ulimit -l, in a systemd unit LimitMEMLOCK=)",
                "锁定内存上限不足以使用 eBPF（需 2 MB）；请调高（ulimit -l，systemd 单元中为 LimitMEMLOCK=）"),
            Errno.EPERM or Errno.EACCES => new Phrase(
                "the system denies eBPF although the capabilities are there ({0}: {1}); a locked-down kernel, a security module or a seccomp filter does so",
                "权能齐备，但系统仍拒绝 eBPF（{0}：{1}）；可能是内核锁定（lockdown）、安全模块或 seccomp 所致").With(command, error),
            Errno.ENOSYS or Errno.EINVAL => new Phrase(
                "this kernel is too old for the program, or was built without eBPF ({0}: {1})",
                "当前内核过旧，或编译时未启用 eBPF（{0}：{1}）").With(command, error),
            _ => new Phrase("eBPF failed ({0}: {1})", "eBPF 出错（{0}：{1}）").With(command, error),
        };
    }

    private static bool IsFinal(Errno error) => error is not (Errno.ENOMEM or Errno.EMFILE or Errno.EAGAIN or Errno.EBUSY or Errno.EINTR);
}
