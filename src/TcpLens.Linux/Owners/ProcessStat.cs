using System.Buffers.Text;

namespace TcpLens.Linux.Owners;

/// <summary>A process' name and beginning, of its <c>/proc/PID/stat</c>. Source: proc_pid_stat(5), fields 2 and 22.</summary>
internal static class ProcessStat
{
    private const int FieldsBeforeStart = 20;

    /// <summary>Reads the line; the name may hold anything, brackets and spaces included.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> name, out ulong start)
    {
        name = default;
        start = 0;
        int open = line.IndexOf((byte)'(');
        int close = line.LastIndexOf((byte)')');
        if (open < 0 || close <= open)
            return false;
        name = line[(open + 1)..close];
        var rest = line[(close + 1)..];
        for (int i = 0; i < FieldsBeforeStart; i++)
        {
            int space = rest.IndexOf((byte)' ');
            if (space < 0)
                return false;
            rest = rest[(space + 1)..];
        }

        return Utf8Parser.TryParse(rest, out start, out _);
    }
}
