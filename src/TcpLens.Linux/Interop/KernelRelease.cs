using System.Text;

namespace TcpLens.Linux.Interop;

/// <summary>The running kernel as <c>uname -r</c> says it; its numbers alone where /proc cannot be read.</summary>
public sealed record KernelRelease(string Text, Version Version)
{
    private const string File = "/proc/sys/kernel/osrelease";

    public static KernelRelease Current { get; } = Parse(Read());

    /// <summary>Takes the leading numbers of a release such as <c>6.1.0-18-amd64</c>; what has none is version 0.0.</summary>
    public static KernelRelease Parse(string release)
    {
        Span<int> numbers = stackalloc int[2];
        int start = 0;
        for (int i = 0; i < numbers.Length; i++)
        {
            int end = start;
            while (end < release.Length && char.IsAsciiDigit(release[end]))
                end++;
            if (!int.TryParse(release.AsSpan(start, end - start), out numbers[i]))
                break;
            start = Math.Min(release.Length, end + 1);
        }

        return new KernelRelease(release, new Version(numbers[0], numbers[1]));
    }

    private static string Read()
    {
        Span<byte> text = stackalloc byte[256];
        return SmallFile.Read(File, text, out int length) == Errno.None
            ? Encoding.UTF8.GetString(text[..length]).Trim()
            : Environment.OSVersion.Version.ToString();
    }
}
