using System.Buffers;
using System.Text.Json;
using TcpLens.Core.Model;
using TcpLens.Core.Readings;
using TcpLens.Core.Sources;

namespace TcpLens.Outputs.Json;

/// <summary>Sockets as one JSON document that is written as they come: a line per socket, then how complete the list is.</summary>
public sealed class ConnectionJson : IDisposable
{
    private readonly ArrayBufferWriter<byte> _line = new(512);
    private readonly Utf8JsonWriter _json;
    private bool _first = true;

    public ConnectionJson() => _json = new Utf8JsonWriter(_line);

    public static ReadOnlySpan<byte> Begin => "{\"connections\":["u8;

    /// <summary>The next socket; the bytes are valid until the next call.</summary>
    public ReadOnlySpan<byte> Line(ListedSocket listed)
    {
        _line.ResetWrittenCount();
        _line.Write(_first ? "\n"u8 : ",\n"u8);
        _first = false;
        _json.Reset();
        WriteSocket(listed);
        _json.Flush();
        return _line.WrittenSpan;
    }

    /// <summary>The end of the document. The completeness is the worst of the namespaces'.</summary>
    public ReadOnlySpan<byte> End(long shown, Completeness completeness, string? reason)
    {
        _line.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteNumber("shown", shown);
        _json.WriteString("completeness", completeness.ToString().ToLowerInvariant());
        if (reason is null)
            _json.WriteNull("completeness_reason");
        else
            _json.WriteString("completeness_reason", reason);
        _json.WriteEndObject();
        _json.Flush();
        // The object's own braces serve as the document's: "\n]," takes the place of the opening one.
        var end = new ArrayBufferWriter<byte>(_line.WrittenCount + 4);
        end.Write("\n],"u8);
        end.Write(_line.WrittenSpan[1..]);
        end.Write("\n"u8);
        return end.WrittenSpan;
    }

    public void Dispose() => _json.Dispose();

    private void WriteSocket(ListedSocket listed)
    {
        var socket = listed.Socket;
        _json.WriteStartObject();
        _json.WriteString("netns", listed.Namespace);
        _json.WriteString("state", socket.State.Info().Name);
        _json.WriteString("family", socket.Family == SocketFamily.IPv4 ? "ipv4" : "ipv6");
        _json.WriteBoolean("v4mapped", socket.IsV4Mapped);
        _json.WriteString("local", socket.Local.Address.ToString());
        _json.WriteNumber("local_port", socket.Local.Port);
        _json.WriteString("remote", socket.Remote.Address.ToString());
        _json.WriteNumber("remote_port", socket.Remote.Port);
        if (socket.IsListener)
        {
            _json.WriteNumber("accept_queue", socket.ReceiveQueue);
            if (socket.SendQueue > 0)
                _json.WriteNumber("accept_queue_limit", socket.SendQueue);
            else
                _json.WriteNull("accept_queue_limit");
        }
        else
        {
            _json.WriteNumber("recv_q", socket.ReceiveQueue);
            _json.WriteNumber("send_q", socket.SendQueue);
        }

        _json.WriteString("timer", TimerName(socket.Timer));
        _json.WriteNumber("timer_ms", socket.TimerMilliseconds);
        _json.WriteNumber("retransmits", socket.Retransmits);
        _json.WriteNumber("uid", socket.UserId);
        _json.WriteNumber("inode", socket.Inode);
        _json.WriteEndObject();
    }

    private static string TimerName(SocketTimer timer) => timer switch
    {
        SocketTimer.None => "none",
        SocketTimer.Retransmit => "retransmit",
        SocketTimer.KeepAlive => "keepalive",
        SocketTimer.TimeWait => "timewait",
        SocketTimer.ZeroWindowProbe => "zero_window_probe",
        _ => "unknown",
    };
}
