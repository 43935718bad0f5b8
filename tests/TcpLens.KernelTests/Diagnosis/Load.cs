using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace TcpLens.KernelTests.Diagnosis;

/// <summary>A client of a web server: asks for a page again and again, on one connection or on a new one each time, until it is disposed.</summary>
internal sealed class Load : IDisposable
{
    private readonly Ward _ward;
    private readonly IPEndPoint _server;
    private readonly bool _isShort;
    private readonly bool _isEncrypted;
    private readonly Thread[] _threads;
    private volatile bool _stop;
    private int _answers;

    public Load(Ward ward, IPEndPoint server, bool isShort, bool isEncrypted, int clients)
    {
        (_ward, _server, _isShort, _isEncrypted) = (ward, server, isShort, isEncrypted);
        _threads = [.. Enumerable.Range(0, clients).Select(_ => new Thread(Run) { IsBackground = true })];
        Array.ForEach(_threads, thread => thread.Start());
    }

    public int Answers => Volatile.Read(ref _answers);

    public Exception? Failure { get; private set; }

    public void Dispose()
    {
        _stop = true;
        Array.ForEach(_threads, thread => thread.Join());
    }

    private void Run()
    {
        try
        {
            while (!_stop)
                Talk();
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            Failure = failure;
        }
    }

    private void Talk()
    {
        using var socket = _ward.Lab.Run(() => new Socket(_server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true });
        socket.Connect(_server);
        using Stream plain = new NetworkStream(socket);
        using var stream = _isEncrypted ? Encrypted(plain) : plain;
        byte[] question = Encoding.ASCII.GetBytes($"GET /page HTTP/1.1\r\nHost: localhost\r\nConnection: {(_isShort ? "close" : "keep-alive")}\r\n\r\n");
        byte[] buffer = new byte[16 * 1024];
        // A server ends a connection that has asked often, and says so before: nginx after a thousand answers.
        bool isLast = false;
        do
        {
            stream.Write(question);
            int got = 0;
            // Head and page have more than 2000 bytes, and less than one read more.
            while (got < 2000 && stream.Read(buffer) is > 0 and var bytes)
            {
                isLast |= buffer.AsSpan(0, bytes).IndexOf("Connection: close"u8) >= 0;
                got += bytes;
            }

            Interlocked.Increment(ref _answers);
            // So many that it is work, so few that no limit is near: a hundred or two each second.
            Thread.Sleep(20);
        }
        while (!isLast && !_stop);
    }

    private static SslStream Encrypted(Stream plain)
    {
        // The certificate is the test's own.
#pragma warning disable CA5359
        var encrypted = new SslStream(plain, leaveInnerStreamOpen: false, (_, _, _, _) => true);
#pragma warning restore CA5359
        encrypted.AuthenticateAsClient("localhost");
        return encrypted;
    }
}
