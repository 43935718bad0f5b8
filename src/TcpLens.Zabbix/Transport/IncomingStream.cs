namespace TcpLens.Zabbix.Transport;

/// <summary>
/// A connection whose first bytes can be looked at and are read again afterwards, and that takes only so many bytes until the handshake is over.
/// Closes the connection with itself; not for reading from two places at once.
/// </summary>
internal sealed class IncomingStream : ConnectionStream
{
    private readonly Stream _connection;
    private readonly int _bytesMax;
    private byte[] _seen = [];
    private int _seenCount;
    private int _givenCount;
    private int _remaining;

    public IncomingStream(Stream connection, int bytesMax)
        : base(connection)
    {
        _connection = connection;
        _bytesMax = bytesMax;
        _remaining = bytesMax;
    }

    /// <summary>The handshake is over: from now on the peer may send as much as it likes.</summary>
    public void EndHandshake() => _remaining = int.MaxValue;

    /// <summary>Gives at least so many of the first bytes without taking them; fewer when the peer closed before.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> PeekAsync(int count, CancellationToken cancel)
    {
        if (_seen.Length < count)
            Array.Resize(ref _seen, count);
        while (_seenCount < count)
        {
            int read = await ReadConnectionAsync(_seen.AsMemory(_seenCount), cancel).ConfigureAwait(false);
            if (read == 0)
                break;
            _seenCount += read;
        }

        return _seen.AsMemory(0, _seenCount);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_givenCount == _seenCount)
            return ReadConnectionAsync(buffer, cancellationToken);
        int count = Math.Min(buffer.Length, _seenCount - _givenCount);
        _seen.AsMemory(_givenCount, count).CopyTo(buffer);
        _givenCount += count;
        return ValueTask.FromResult(count);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => _connection.WriteAsync(buffer, cancellationToken);

    private async ValueTask<int> ReadConnectionAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        if (_remaining == int.MaxValue)
            return await _connection.ReadAsync(buffer, cancel).ConfigureAwait(false);
        if (_remaining == 0)
            throw new TransportException($"the peer sent more than {_bytesMax} bytes without finishing the TLS handshake");
        int count = await _connection.ReadAsync(buffer[..Math.Min(buffer.Length, _remaining)], cancel).ConfigureAwait(false);
        _remaining -= count;
        return count;
    }
}
