using TcpLens.Core.Model;
using TcpLens.Core.Sources;

namespace TcpLens.Linux.ProcNet;

/// <summary>
/// Cuts the text of one /proc/net/tcp file into lines as it arrives in pieces, and hands the sockets to the sink. Holds at most one
/// unfinished line.
/// </summary>
internal sealed class ProcTcpTable(SocketFamily family, StateMask states, ISocketSink sink)
{
    private const int LongestLine = 512;
    private readonly byte[] _unfinished = new byte[LongestLine];
    private int _unfinishedLength;
    private bool _headerSeen;

    /// <summary>Lines that were no socket.</summary>
    public int BadRows { get; private set; }

    /// <summary>The sink has seen enough.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>The text so far is a table: it begins with the kernel's heading and ends with a whole line.</summary>
    public bool IsWhole => _headerSeen && _unfinishedLength == 0;

    public void Take(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty && !IsStopped)
        {
            int newline = text.IndexOf((byte)'\n');
            if (newline < 0)
            {
                Keep(text);
                return;
            }

            if (_unfinishedLength == 0)
            {
                TakeLine(text[..newline]);
            }
            else
            {
                Keep(text[..newline]);
                TakeLine(_unfinished.AsSpan(0, _unfinishedLength));
                _unfinishedLength = 0;
            }

            text = text[(newline + 1)..];
        }
    }

    // A line longer than any that the kernel writes is cut; it then fails to parse and is counted as bad.
    private void Keep(ReadOnlySpan<byte> text)
    {
        int length = Math.Min(text.Length, LongestLine - _unfinishedLength);
        text[..length].CopyTo(_unfinished.AsSpan(_unfinishedLength));
        _unfinishedLength += length;
    }

    private void TakeLine(ReadOnlySpan<byte> line)
    {
        if (!_headerSeen && line.TrimStart((byte)' ').StartsWith("sl"u8))
        {
            _headerSeen = true;
            return;
        }

        if (!ProcTcpLine.TryParse(line, family, out var socket))
            BadRows++;
        else if (states.Contains(socket.State) && !sink.Take(socket))
            IsStopped = true;
    }
}
