using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using TcpLens.Core.Model;
using TcpLens.Linux.Interop;
using TcpLens.Linux.SockDiag;

namespace TcpLens.UnitTests.SockDiag;

/// <summary>
/// A kernel at message level: sends prepared datagrams, so that a test can break a dump where the real kernel does so once in a million.
/// </summary>
internal sealed class FakeKernel : INetlinkTransport
{
    private readonly Queue<(Errno Error, byte[] Datagram)> _answers = new();
    private readonly List<byte> _datagram = [];

    /// <summary>The request as it was sent.</summary>
    public byte[] Request { get; private set; } = [];

    public Errno SendError { get; init; }

    public bool IsDisposed { get; private set; }

    /// <summary>The sequence number that answers carry; the source's first request has 1.</summary>
    public uint Sequence { get; set; } = 1;

    public FakeKernel Socket(byte state, byte family = 2, ushort flags = 0, int length = InetDiagMessage.Size, ushort localPort = 80, ushort remotePort = 4000)
    {
        byte[] body = new byte[length];
        ReadOnlySpan<byte> fields = SocketBody(state, family, localPort, remotePort);
        fields[..Math.Min(fields.Length, length)].CopyTo(body);
        return Message(NetlinkNumbers.TCPDIAG_GETSOCK, flags, body);
    }

    public FakeKernel Done(int error = 0, ushort flags = 0) => Message(NetlinkNumbers.NLMSG_DONE, flags, BitConverter.GetBytes(error)).End();

    public FakeKernel Error(int error, string? words = null)
    {
        var body = new List<byte>(BitConverter.GetBytes(error));
        body.AddRange(new byte[NetlinkHeader.Size]);
        if (words is not null)
        {
            byte[] text = Encoding.UTF8.GetBytes(words + "\0");
            body.AddRange(BitConverter.GetBytes((ushort)(4 + text.Length)));
            body.AddRange(BitConverter.GetBytes(NetlinkNumbers.NLMSGERR_ATTR_MSG));
            body.AddRange(text);
        }

        ushort flags = (ushort)(NetlinkNumbers.NLM_F_CAPPED | (words is null ? 0 : NetlinkNumbers.NLM_F_ACK_TLVS));
        return Message(NetlinkNumbers.NLMSG_ERROR, flags, [.. body]).End();
    }

    public FakeKernel Message(ushort type, ushort flags, ReadOnlySpan<byte> body)
    {
        Span<byte> header = stackalloc byte[NetlinkHeader.Size];
        BinaryPrimitives.WriteInt32LittleEndian(header, NetlinkHeader.Size + body.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], type);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], flags);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], Sequence);
        _datagram.AddRange(header);
        _datagram.AddRange(body);
        while (_datagram.Count % 4 != 0)
            _datagram.Add(0);
        return this;
    }

    public FakeKernel Raw(params ReadOnlySpan<byte> bytes)
    {
        _datagram.AddRange(bytes);
        return this;
    }

    /// <summary>Ends the datagram; the next message begins another one.</summary>
    public FakeKernel End()
    {
        _answers.Enqueue((Errno.None, [.. _datagram]));
        _datagram.Clear();
        return this;
    }

    public FakeKernel Fail(Errno error)
    {
        if (_datagram.Count > 0)
            End();
        _answers.Enqueue((error, []));
        return this;
    }

    public Errno Send(ReadOnlySpan<byte> message)
    {
        Request = message.ToArray();
        return SendError;
    }

    public Errno Receive(Span<byte> buffer, out int length)
    {
        // Waiting for ever is what the real socket's time limit ends.
        if (!_answers.TryDequeue(out var answer))
            answer = (Errno.EAGAIN, []);
        length = answer.Datagram.Length;
        answer.Datagram.AsSpan(0, Math.Min(length, buffer.Length)).CopyTo(buffer);
        return answer.Error;
    }

    public void Dispose() => IsDisposed = true;

    public static byte[] SocketBody(byte state, byte family, ushort localPort, ushort remotePort)
    {
        byte[] body = new byte[InetDiagMessage.Size];
        body[InetDiagMessage.FamilyOffset] = family;
        body[InetDiagMessage.StateOffset] = state;
        BinaryPrimitives.WriteUInt16BigEndian(body.AsSpan(InetDiagMessage.LocalPortOffset), localPort);
        BinaryPrimitives.WriteUInt16BigEndian(body.AsSpan(InetDiagMessage.RemotePortOffset), remotePort);
        IpBytes("10.0.0.1", family).CopyTo(body, InetDiagMessage.LocalAddressOffset);
        IpBytes("10.0.0.2", family).CopyTo(body, InetDiagMessage.RemoteAddressOffset);
        MemoryMarshal.Write(body.AsSpan(InetDiagMessage.InodeOffset), 77u);
        return body;
    }

    private static byte[] IpBytes(string address, byte family)
    {
        byte[] ipv4 = System.Net.IPAddress.Parse(address).GetAddressBytes();
        return family == (byte)SocketFamily.IPv4 ? ipv4 : [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, .. ipv4];
    }
}
