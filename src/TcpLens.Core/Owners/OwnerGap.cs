using TcpLens.Core.Text;

namespace TcpLens.Core.Owners;

/// <summary>How many sockets of a pass have no owner, and why.</summary>
/// <param name="All">Sockets that were asked for.</param>
/// <param name="Held">Without owner, though some process holds them.</param>
/// <param name="Kernel">Without owner, held by the kernel alone.</param>
/// <param name="Denied">Processes whose descriptors this user may not see.</param>
/// <param name="IsCut">Whether there was more to look at than the limits allow.</param>
/// <param name="Refusal">Why the kernel could not be asked for holders although this user may.</param>
public readonly record struct OwnerGap(long All, long Held, long Kernel, int Denied, bool IsCut, Phrase? Refusal = null)
{
    private static readonly Phrase s_permission = new(
        "{0} % of the sockets are without owner: the descriptors of {1} processes may not be seen; needs CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH, or CAP_BPF and CAP_PERFMON (run as root)",
        "{0} % 的套接字无法确定所有者：有 {1} 个进程的描述符无权查看，需要 CAP_SYS_PTRACE 和 CAP_DAC_READ_SEARCH，或 CAP_BPF 和 CAP_PERFMON（以 root 运行）");

    private static readonly Phrase s_refusal = new(
        "{0} % of the sockets are without owner: the descriptors of {1} processes may not be seen; needs CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH (run as root), because eBPF does not tell here: {2}",
        "{0} % 的套接字无法确定所有者：有 {1} 个进程的描述符无权查看，需要 CAP_SYS_PTRACE 和 CAP_DAC_READ_SEARCH（以 root 运行）；此处无法通过 eBPF 得知：{2}");

    private static readonly Phrase s_cut = new(
        "{0} % of the sockets are without owner: there are more processes, descriptors or sockets than one search looks at",
        "{0} % 的套接字无法确定所有者：进程、描述符或套接字的数量超出单次查找的上限");

    private static readonly Phrase s_held = new(
        "{0} % of the sockets are without owner: no process shows a descriptor of them: it lies outside of this process namespace, or the kernel itself holds them",
        "{0} % 的套接字无法确定所有者：可见的进程都没有其描述符，持有者可能在本进程命名空间之外，或是内核自身");

    private static readonly Phrase s_kernel = new(
        "{0} % of the sockets are without owner: only the kernel holds them (TIME_WAIT, orphans), and nobody was seen to hold them before",
        "{0} % 的套接字无法确定所有者：它们只由内核持有（TIME_WAIT、孤儿套接字），之前也没有观察到持有者");

    public long Total => Held + Kernel;

    /// <summary>Why, and what would change it; <see langword="null"/> when every socket has an owner.</summary>
    public Phrase? Reason
    {
        get
        {
            Phrase? held = Held == 0 ? null : Denied > 0 ? DeniedReason : (IsCut ? s_cut : s_held).With(Percent(Held, All));
            Phrase? kernel = Kernel == 0 ? null : s_kernel.With(Percent(Kernel, All));
            return held is { } one && kernel is { } other ? one.Then(new Phrase("; ", "；")).Then(other) : held ?? kernel;
        }
    }

    private Phrase DeniedReason => Refusal is { } refusal ? s_refusal.With(Percent(Held, All), Denied, refusal) : s_permission.With(Percent(Held, All), Denied);

    // Never 0 while there is one, never 100 while one is known.
    private static string Percent(long part, long all) =>
        part == all ? "100" : Math.Clamp(Math.Round(100.0 * part / all), 1, 99).ToString("0");
}
