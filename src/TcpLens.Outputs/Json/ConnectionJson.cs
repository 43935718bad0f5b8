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
    private readonly bool _withOwner;
    private bool _first = true;

    /// <summary>A document, with the owners where they were looked for.</summary>
    public ConnectionJson(bool withOwner = false)
    {
        _json = new Utf8JsonWriter(_line);
        _withOwner = withOwner;
    }

    public static ReadOnlySpan<byte> Begin => "{\"connections\":["u8;

    /// <summary>The next socket; the bytes are valid until the next call.</summary>
    public ReadOnlySpan<byte> Line(ListedSocket listed)
    {
        _line.ResetWrittenCount();
        _line.Write(_first ? "\n"u8 : ",\n"u8);
        _first = false;
        _json.Reset();
        Write(_json, listed, _withOwner);
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

    /// <summary>One socket as an object.</summary>
    public static void Write(Utf8JsonWriter json, ListedSocket listed, bool withOwner = false)
    {
        var socket = listed.Socket;
        json.WriteStartObject();
        json.WriteString("netns", listed.Namespace);
        json.WriteString("state", socket.State.Info().Name);
        json.WriteString("family", socket.Family == SocketFamily.IPv4 ? "ipv4" : "ipv6");
        json.WriteBoolean("v4mapped", socket.IsV4Mapped);
        json.WriteString("local", socket.Local.Address.ToString());
        json.WriteNumber("local_port", socket.Local.Port);
        json.WriteString("remote", socket.Remote.Address.ToString());
        json.WriteNumber("remote_port", socket.Remote.Port);
        if (socket.IsListener)
        {
            json.WriteNumber("accept_queue", socket.ReceiveQueue);
            if (socket.SendQueue > 0)
                json.WriteNumber("accept_queue_limit", socket.SendQueue);
            else
                json.WriteNull("accept_queue_limit");
        }
        else
        {
            json.WriteNumber("recv_q", socket.ReceiveQueue);
            json.WriteNumber("send_q", socket.SendQueue);
        }

        json.WriteString("timer", TimerName(socket.Timer));
        json.WriteNumber("timer_ms", socket.TimerMilliseconds);
        json.WriteNumber("retransmits", socket.Retransmits);
        json.WriteNumber("uid", socket.UserId);
        json.WriteNumber("inode", socket.Inode);
        if (withOwner)
            OwnerJson.Write(json, listed.Sighting);
        json.WriteEndObject();
    }

    public void Dispose() => _json.Dispose();

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
