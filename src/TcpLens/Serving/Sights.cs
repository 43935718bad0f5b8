using System.Collections.Immutable;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Readings;
using TcpLens.Core.Text;
using TcpLens.Linux.Owners;
using TcpLens.Linux.Reading;

namespace TcpLens.Serving;

/// <summary>What this process can see of the host and what not, with the capability or setting that would change it.</summary>
internal static class Sights
{
    /// <summary>The list, from the most important to the least.</summary>
    /// <param name="capabilities">Those of this process.</param>
    /// <param name="own">Its network namespace.</param>
    /// <param name="watchesAll">Whether the other namespaces are to be read.</param>
    /// <param name="states">The latest reading; <see langword="null"/> where there is none.</param>
    public static ImmutableArray<Visibility> Of(Capabilities capabilities, NamespaceName own, bool watchesAll, StateReading? states) =>
    [
        new(true, new Phrase("all TCP sockets of this network namespace ({0}), in all states", "本网络命名空间（{0}）的全部 TCP 套接字及其状态").With(own.Name)),
        OtherNamespaces(capabilities, watchesAll),
        .. states is null ? [] : (Visibility[])[Source(capabilities, states)],
        OwnerReader.SeesAllUsers(capabilities) ? new(true, Owners) : new(false, Owners, new Phrase(
            "CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH, or on the host itself CAP_BPF and CAP_PERFMON (in a systemd unit: AmbientCapabilities=); without them units and containers are known by their cgroup, processes are not",
            "需要 CAP_SYS_PTRACE 与 CAP_DAC_READ_SEARCH，或在主机上直接运行时 CAP_BPF 与 CAP_PERFMON（systemd 单元中使用 AmbientCapabilities=）；缺少时只能按 cgroup 得知单元和容器，无法得知进程")),
        own.Name == "host"
            ? new(true, MachineWide)
            : new(false, MachineWide, new Phrase("run in the network namespace of the host: the kernel tells them there alone", "需在主机的网络命名空间中运行：内核只在那里提供")),
    ];

    private static Phrase Owners { get; } = new("which process of any user holds a socket", "任意用户的哪个进程持有套接字");

    private static Phrase MachineWide { get; } = new("orphans and TCP memory of the whole machine", "全机的孤儿套接字与 TCP 内存");

    // The better source that is not in use, and what stands in its way.
    private static Visibility Source(Capabilities capabilities, StateReading states)
    {
        if (states.SourceReason is { } reason)
        {
            return states.Source == "netlink"
                ? new Visibility(false, new Phrase("the sockets by eBPF, the fastest way (netlink is read)", "以最快的 eBPF 方式读取套接字（目前使用 netlink）"), reason)
                : new Visibility(false, new Phrase("the sockets by netlink or eBPF ({0} is read: slower, and without CLOSE)", "以 netlink 或 eBPF 方式读取套接字（目前使用 {0}：较慢，且没有 CLOSE）").With(states.Source), reason);
        }

        if (states.WalkedFrom is not { } from)
            return new Visibility(true, new Phrase("the sockets by {0}, the fastest source that may be used", "以 {0} 方式读取套接字，是允许使用的最快数据源").With(states.Source));
        var what = new Phrase("the sockets by {0}: with fewer than {1:N0} no other source is faster", "以 {0} 方式读取套接字：不足 {1:N0} 个时没有更快的数据源").With(states.Source, from);
        return capabilities.MayUseBpf
            ? new Visibility(true, what)
            : new Visibility(
                false,
                new Phrase("the sockets by eBPF, once there are {0:N0}: then it is faster than netlink", "套接字达到 {0:N0} 个后以 eBPF 方式读取，届时快于 netlink").With(from),
                new Phrase("CAP_BPF and CAP_PERFMON (in a systemd unit: AmbientCapabilities=)", "需要 CAP_BPF 和 CAP_PERFMON（systemd 单元中使用 AmbientCapabilities=）"));
    }

    private static Visibility OtherNamespaces(Capabilities capabilities, bool watchesAll)
    {
        var what = new Phrase("the other network namespaces of this host (containers, ip netns)", "本机的其他网络命名空间（容器、ip netns）");
        if (!watchesAll)
            return new Visibility(false, what, new Phrase("set sampling.netns = \"all\"", "设置 sampling.netns = \"all\""));
        string[] missing =
        [
            .. capabilities.MayEnterNamespaces ? Array.Empty<string>() : ["CAP_SYS_ADMIN"],
            .. capabilities.MayTraceOthers ? Array.Empty<string>() : ["CAP_SYS_PTRACE"],
        ];
        return missing.Length == 0
            ? new Visibility(true, what)
            : new Visibility(false, what, new Phrase(
                "{0} (in a systemd unit: AmbientCapabilities=); without it they are read through /proc where a process shows them, and not always in full",
                "需要 {0}（systemd 单元中使用 AmbientCapabilities=）；缺少时只能通过进程的 /proc 读取，且可能不完整").With(string.Join(' ', missing)));
    }
}
