using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using TcpLens.Zabbix.Plugin;

namespace TcpLens.UnitTests.Zabbix.Plugin;

/// <summary>Agent 2 as a plugin sees it: the other end of a local socket.</summary>
internal sealed class FakeAgent : IDisposable
{
    private readonly string _path = Path.GetTempFileName();
    private readonly Socket _agent;

    public FakeAgent()
    {
        File.Delete(_path);
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(_path));
        listener.Listen();
        var plugin = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        plugin.Connect(new UnixDomainSocketEndPoint(_path));
        Plugin = new NetworkStream(plugin, ownsSocket: true);
        _agent = listener.Accept();
        _agent.ReceiveTimeout = 20_000;
    }

    /// <summary>The plugin's end.</summary>
    public Stream Plugin { get; }

    public void Send(string json) => SendBytes(PluginFrame.ToBytes(Encoding.UTF8.GetBytes(json)));

    public void SendBytes(ReadOnlySpan<byte> bytes) => _agent.Send(bytes);

    /// <summary>The next message of the plugin.</summary>
    public JsonElement Receive()
    {
        byte[] json = new byte[PluginFrame.LengthOf(Take(PluginFrame.HeadBytes))];
        Take(json.Length).CopyTo(json, 0);
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    /// <summary>The agent ends its side without a word.</summary>
    public void Close() => _agent.Dispose();

    public void Dispose()
    {
        _agent.Dispose();
        Plugin.Dispose();
        File.Delete(_path);
    }

    public static byte[] Head(uint kind, uint length)
    {
        byte[] head = new byte[PluginFrame.HeadBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(head, kind);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(4), length);
        return head;
    }

    private byte[] Take(int length)
    {
        byte[] bytes = new byte[length];
        for (int filled = 0; filled < length;)
        {
            int count = _agent.Receive(bytes.AsSpan(filled));
            if (count == 0)
                throw new EndOfStreamException("the plugin has gone");
            filled += count;
        }

        return bytes;
    }
}
