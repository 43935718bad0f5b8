using System.Diagnostics;
using TcpLens.Core.Model;
using TcpLens.Core.Text;
using TcpLens.Linux.Interop;

namespace TcpLens.Linux.Lab;

/// <summary>Furnishes a fresh network namespace: settings that keep every state still, one link, its addresses. Called on the namespace's thread.</summary>
internal static class LabNetwork
{
    private const string LinkName = "lab";

    // Room for what thousands of unanswered sockets send again while a new connection's SYN must not be lost.
    private const int QueueLength = 16_384;

    private const string Settings = "/proc/sys/net";
    private const string Ipv6Settings = Settings + "/ipv6/conf";

    // Every value keeps a socket where it is: retries that outlast any test, room for half-open connections and TIME_WAIT, no shortcuts.
    private static readonly (string Name, int Value)[] s_settings =
    [
        ("ipv4/tcp_syn_retries", 20),
        ("ipv4/tcp_synack_retries", 20),
        ("ipv4/tcp_retries2", 15),
        // 204 s with the smallest timeout; more would keep the namespace of a killed process alive for longer.
        ("ipv4/tcp_orphan_retries", 9),
        // At most 60: with more, a closed socket stays whole in FIN_WAIT2 before it becomes a mini-socket.
        ("ipv4/tcp_fin_timeout", 60),
        ("ipv4/tcp_syncookies", 0),
        ("ipv4/tcp_max_syn_backlog", 1_048_576),
        ("core/somaxconn", 1_048_576),
        ("ipv4/tcp_max_tw_buckets", 1_048_576),
        ("ipv4/tcp_tw_reuse", 0),
        ("ipv6/conf/all/disable_ipv6", 0),
        ("ipv6/conf/default/disable_ipv6", 0),
        ("ipv6/conf/default/accept_dad", 0),
        ("ipv6/conf/default/router_solicitations", 0),
        // No link-local address, so that the link is silent but for the lab's own packets.
        ("ipv6/conf/default/addr_gen_mode", 1),
    ];

    /// <summary>Whether this kernel has IPv6 at all.</summary>
    public static bool HasIpv6 => Directory.Exists(Ipv6Settings);

    /// <summary>Makes the link and returns its far end.</summary>
    public static FileDescriptor Build()
    {
        if (!Directory.Exists(Settings))
            throw new LabException(new Phrase("the lab needs /proc: mount it with `mount -t proc proc /proc`", "实验室需要 /proc：请用 mount -t proc proc /proc 挂载"));
        foreach (var (name, value) in s_settings)
            Set(name, value);
        var link = OpenLink();
        try
        {
            Configure();
            return link;
        }
        catch
        {
            link.Dispose();
            throw;
        }
    }

    /// <summary>Switches IPv6 off, in this namespace alone.</summary>
    public static void DisableIpv6()
    {
        Set("ipv6/conf/all/disable_ipv6", 1);
        Set("ipv6/conf/default/disable_ipv6", 1);
    }

    private static void Configure()
    {
        try
        {
            LinkSetup.Up("lo");
            LinkSetup.Up(LinkName, QueueLength);
            LinkSetup.AddAddress(LinkName, AddressPlan.Host(ipv6: false), AddressPlan.Ipv4PrefixLength);
            if (!HasIpv6)
                return;
            LinkSetup.AddAddress(LinkName, AddressPlan.Host(ipv6: true), AddressPlan.Ipv6PrefixLength);
            AwaitLocalRoute(AddressPlan.Host(ipv6: true));
        }
        catch (SyscallException exception)
        {
            throw new LabException(
                new Phrase("the lab's link cannot be set up: {0}", "无法配置实验室的网络接口：{0}").With(exception.Message), exception);
        }
    }

    /// <summary>
    /// The kernel makes an IPv6 address usable at once but adds the route by which packets for it come in a moment later, from a work queue.
    /// </summary>
    private static void AwaitLocalRoute(IpAddress address)
    {
        string route = address.Bits.ToString("x32") + " 80 ";
        long start = Stopwatch.GetTimestamp();
        while (!File.ReadLines("/proc/thread-self/net/ipv6_route").Any(line => line.StartsWith(route, StringComparison.Ordinal)))
        {
            if (Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(5))
                throw new LabException(new Phrase("the kernel adds no route to {0}", "内核没有添加到 {0} 的路由").With(address));
            Thread.Sleep(1);
        }
    }

    private static FileDescriptor OpenLink()
    {
        try
        {
            return TunDevice.Open(LinkName);
        }
        catch (SyscallException exception)
        {
            throw new LabException(
                exception.IsPermission
                    ? new Phrase(
                        "no permission to use {0}: run with sudo (in a container: --device {0} --cap-add NET_ADMIN)",
                        "没有权限使用 {0}：请用 sudo 运行（在容器中：--device {0} --cap-add NET_ADMIN）").With(TunDevice.Path)
                    : new Phrase(
                        "the lab needs {0}: load it with `modprobe tun` (in a container: --device {0}); {1}",
                        "实验室需要 {0}：请用 modprobe tun 加载（在容器中：--device {0}）；{1}").With(TunDevice.Path, exception.Message),
                exception);
        }
    }

    private static void Set(string name, int value)
    {
        string path = $"{Settings}/{name}";
        // Absent in an older kernel or without IPv6: its fixed behaviour is then the one the lab wants.
        if (!File.Exists(path))
            return;
        try
        {
            File.WriteAllText(path, value.ToString());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LabException(
                new Phrase(
                    "{0} cannot be set: the lab needs a writable /proc/sys (in a container: --privileged, or --security-opt systempaths=unconfined)",
                    "无法设置 {0}：实验室需要可写的 /proc/sys（在容器中：--privileged 或 --security-opt systempaths=unconfined）").With(path),
                exception);
        }
    }
}
