using TcpLens.Core.Text;
using TcpLens.Linux.Interop;
using TcpLens.Linux.Reading;

namespace TcpLens.Linux.Bpf;

/// <summary>Says in words why the kernel does not take the walk, and what would change it: eBPF is not supported, not allowed, or it is not known whether it works.</summary>
internal static class WalkRefusal
{
    /// <summary>The kernel does not describe its structures, or not to us.</summary>
    public static WalkFailure OfTypes(Errno error)
    {
        var words = error switch
        {
            Errno.ENOENT => new Phrase(
                "eBPF is not supported: this kernel does not describe its structures (no {0}; CONFIG_DEBUG_INFO_BTF)",
                "不支持 eBPF：当前内核没有提供结构描述（缺少 {0}；需要 CONFIG_DEBUG_INFO_BTF）"),
            Errno.EPERM or Errno.EACCES => new Phrase("eBPF is not allowed: {0} may not be read ({1})", "不允许使用 eBPF：无权读取 {0}（{1}）"),
            _ => new Phrase("whether eBPF works is not known: {0} cannot be read ({1})", "无法得知能否使用 eBPF：读取 {0} 失败（{1}）"),
        };
        return new WalkFailure(words.With(KernelTypesFile.Path, error), IsFinal(error));
    }

    /// <summary>The kernel has not what the programs look at.</summary>
    public static WalkFailure OfMember(Phrase missing) => new(new Phrase("eBPF is not supported: {0}", "不支持 eBPF：{0}").With(missing), IsFinal: true);

    /// <summary>A command of bpf(2) failed.</summary>
    public static WalkFailure Of(string command, Errno error, string? verifier = null) => new(Words(command, error, verifier), IsFinal(error));

    private static Phrase Words(string command, Errno error, string? verifier)
    {
        if (verifier is not null)
            return new Phrase("eBPF is not supported: the kernel's verifier refuses the program: {0}", "不支持 eBPF：内核的校验器拒绝了程序：{0}").With(verifier);
        return error switch
        {
            Errno.EPERM or Errno.EACCES when !Capabilities.Own.MayUseBpf => new Phrase(
                "eBPF is not allowed ({0}): run as root, or give the program CAP_BPF and CAP_PERFMON",
                "不允许使用 eBPF（{0}）：请以 root 身份运行，或授予程序 CAP_BPF 和 CAP_PERFMON 权能").With(error),
            Errno.EPERM when command == HashWalk.MapCommand => new Phrase(
                "eBPF is not allowed: the limit of locked memory is too small (2 MB); raise it (ulimit -l, in a systemd unit LimitMEMLOCK=)",
                "不允许使用 eBPF：锁定内存上限过小（需 2 MB）；请调高（ulimit -l，systemd 单元中为 LimitMEMLOCK=）"),
            Errno.EPERM or Errno.EACCES => new Phrase(
                "eBPF is not allowed although the capabilities are there ({0}: {1}): a locked-down kernel, a security module or a seccomp filter does so",
                "权能齐备但仍不允许使用 eBPF（{0}：{1}）：可能是内核锁定（lockdown）、安全模块或 seccomp 所致").With(command, error),
            Errno.ENOSYS or Errno.EINVAL => new Phrase(
                "eBPF is not supported: this kernel is too old for the program, or was built without it ({0}: {1})",
                "不支持 eBPF：当前内核过旧，或编译时未启用（{0}：{1}）").With(command, error),
            _ => new Phrase("whether eBPF works is not known: it failed ({0}: {1})", "无法得知能否使用 eBPF：操作出错（{0}：{1}）").With(command, error),
        };
    }

    private static bool IsFinal(Errno error) => error is not (Errno.ENOMEM or Errno.EMFILE or Errno.EAGAIN or Errno.EBUSY or Errno.EINTR);
}
