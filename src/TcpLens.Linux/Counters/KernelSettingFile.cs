using System.Text;
using TcpLens.Linux.Interop;

namespace TcpLens.Linux.Counters;

/// <summary>One setting of the kernel as its file tells it.</summary>
public static class KernelSettingFile
{
    private const int BufferBytes = 4096;

    /// <summary>The text in <paramref name="path"/> (<c>/proc/sys/net/ipv4/tcp_fin_timeout</c>); <see langword="null"/> where it cannot be read.</summary>
    public static string? Read(string path)
    {
        Span<byte> buffer = stackalloc byte[BufferBytes];
        return SmallFile.Read(path, buffer, out int length) == Errno.None ? Encoding.ASCII.GetString(buffer[..length]).Trim() : null;
    }
}
