using TcpLens.Core.Text;
using TcpLens.Linux.Interop;

namespace TcpLens.Agents;

/// <summary>Tests what is the same for every agent of the host.</summary>
internal static class HostCheck
{
    private static readonly Version s_closeSeen = new(6, 8);

    public static IEnumerable<CheckLine> Lines(AgentHost host)
    {
        var kernel = KernelRelease.Parse((host.ReadFile("/proc/sys/kernel/osrelease") ?? "").Trim());
        yield return kernel.Version >= s_closeSeen
            ? CheckLine.Ok(new Phrase("Linux {0} tells all eleven states", "Linux {0} 可提供全部十一种状态").With(kernel.Text))
            : CheckLine.Note(new Phrase("Linux {0} cannot tell CLOSE: that key is always 0 (6.8 and newer can)", "Linux {0} 无法得知 CLOSE：该键恒为 0（6.8 及以上版本可以）").With(kernel.Text));
        if (HidePid(host) is { } hidden)
            yield return CheckLine.Note(new Phrase("/proc hides other users' processes (hidepid={0}): the counts do not need them", "/proc 隐藏其他用户的进程（hidepid={0}）：不影响统计数值").With(hidden));
    }

    private static string? HidePid(AgentHost host)
    {
        const string Option = "hidepid=";
        foreach (string line in (host.ReadFile("/proc/self/mounts") ?? "").Split('\n'))
        {
            if (line.Split(' ') is [_, "/proc", "proc", var options, ..]
                && options.Split(',').FirstOrDefault(one => one.StartsWith(Option, StringComparison.Ordinal)) is { } found
                && found[Option.Length..] is not ("0" or "off") and var value)
            {
                return value;
            }
        }

        return null;
    }
}
