using TcpLens.Core.Text;
using TcpLens.Linux.Interop;

namespace TcpLens.Linux.Lab;

/// <summary>Open descriptors: every socket that the lab keeps open costs one of the process's.</summary>
internal static class DescriptorBudget
{
    // What the runtime, a started command's pipes and a chunk of sockets on their way to a closed state need beside the held ones.
    private const int Slack = 512;

    /// <summary>Makes room for <paramref name="count"/> more, or throws before anything was made.</summary>
    public static void Reserve(int count)
    {
        long open = Directory.EnumerateFileSystemEntries("/proc/self/fd").LongCount();
        long wanted = open + count + Slack;
        long allowed = ResourceLimit.RaiseDescriptors(wanted);
        if (allowed < wanted)
        {
            throw new LabException(new Phrase(
                "{0} open sockets need {1} file descriptors and this process may have {2}: ask for fewer, or raise the limit with `ulimit -n {1}`",
                "{0} 个打开的套接字需要 {1} 个文件描述符，而本进程最多只能有 {2} 个：请减少数量，或用 ulimit -n {1} 提高上限").With(count, wanted, allowed));
        }
    }
}
