using Org.BouncyCastle.Tls;

namespace TcpLens.Zabbix.Transport;

/// <summary>
/// The data inside a TLS connection whose protocol a library without any input and output of its own speaks: this class carries bytes between the two.
/// One reader and one writer, not at the same time. The end of the connection is the end of the data, said goodbye or not: a packet knows its length.
/// </summary>
internal sealed class TlsStream : ConnectionStream
{
    private const int BufferBytes = 8 * 1024;

    /// <summary>How much data is encrypted at a time: more would only wait in memory.</summary>
    private const int WriteBytesMax = 64 * 1024;

    /// <summary>A peer that does not even take the few bytes of our goodbye does not get one.</summary>
    private static readonly TimeSpan s_goodbyeMax = TimeSpan.FromSeconds(1);

    private readonly IncomingStream _connection;
    private readonly TlsProtocol _protocol;
    private readonly byte[] _received = new byte[BufferBytes];
    private byte[] _output = new byte[1024];
    private bool _isBroken;

    public TlsStream(IncomingStream connection, TlsProtocol protocol)
        : base(connection)
    {
        _connection = connection;
        _protocol = protocol;
    }

    /// <summary>Carries bytes until both sides have proved the key.</summary>
    /// <exception cref="EndOfStreamException">The peer closed first.</exception>
    /// <exception cref="TlsException">What the peer sent, or did not agree to; it has been told.</exception>
    public async ValueTask ShakeHandsAsync(CancellationToken cancel)
    {
        await SendAsync(cancel).ConfigureAwait(false);
        while (_protocol.IsHandshaking)
        {
            if (!await ReceiveAsync(cancel).ConfigureAwait(false))
                throw new EndOfStreamException("the peer closed the connection during the TLS handshake");
        }

        _connection.EndHandshake();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_protocol.GetAvailableInputBytes() == 0)
        {
            if (_protocol.IsClosed)
                return 0;
            try
            {
                if (!await ReceiveAsync(cancellationToken).ConfigureAwait(false))
                    return 0;
            }
            catch (TlsException failure)
            {
                throw new TransportException($"the TLS connection broke: {failure.Message}", failure);
            }
        }

        return _protocol.ReadApplicationData(buffer.Span);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            int count = Math.Min(buffer.Length, WriteBytesMax);
            _protocol.WriteApplicationData(buffer.Span[..count]);
            await SendAsync(cancellationToken).ConfigureAwait(false);
            buffer = buffer[count..];
        }
    }

    /// <summary>Says goodbye, as far as the peer listens, and closes the connection.</summary>
    public override async ValueTask DisposeAsync()
    {
        if (!_isBroken && !_protocol.IsClosed)
        {
            _protocol.Close();
            using var patience = new CancellationTokenSource(s_goodbyeMax);
            await TryToSendAsync(patience.Token).ConfigureAwait(false);
        }

        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Takes what has come; false when nothing will come any more.</summary>
    private async ValueTask<bool> ReceiveAsync(CancellationToken cancel)
    {
        int count = await _connection.ReadAsync(_received, cancel).ConfigureAwait(false);
        if (count == 0)
            return false;
        try
        {
            _protocol.OfferInput(_received, 0, count);
        }
        catch (IOException)
        {
            // What is wrong is said to the peer before the connection is closed: an alert tells an administrator more than an end.
            await TryToSendAsync(cancel).ConfigureAwait(false);
            throw;
        }

        await SendAsync(cancel).ConfigureAwait(false);
        return true;
    }

    /// <summary>For last words: what there is to report is what led to them.</summary>
    private async ValueTask TryToSendAsync(CancellationToken cancel)
    {
        try
        {
            await SendAsync(cancel).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or ObjectDisposedException)
        {
            _isBroken = true;
        }
    }

    private async ValueTask SendAsync(CancellationToken cancel)
    {
        int count = _protocol.GetAvailableOutputBytes();
        if (count == 0)
            return;
        if (_output.Length < count)
            _output = new byte[count];
        _protocol.ReadOutput(_output, 0, count);
        // Half a record on the wire cannot be continued.
        bool wasBroken = _isBroken;
        _isBroken = true;
        await _connection.WriteAsync(_output.AsMemory(0, count), cancel).ConfigureAwait(false);
        _isBroken = wasBroken;
    }
}
