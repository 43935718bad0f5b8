namespace TcpLens.Zabbix.Transport;

/// <summary>
/// A connection whose first bytes can be looked at and are read again afterwards, and that takes only so many bytes until the handshake is over.
/// Closes the connection with itself; not for reading from two places at once.
/// </summary>
internal sealed class IncomingStream : ConnectionStream
{
    private readonly Stream connection;
    private readonly int bytesMax;
    private byte[] seen = [];
    private int seenCount;
    private int givenCount;
    private int remaining;

    public IncomingStream(Stream connection, int bytesMax)
        : base(connection)
    {
        this.connection = connection;
        this.bytesMax = bytesMax;
        remaining = bytesMax;
    }

    /// <summary>The handshake is over: from now on the peer may send as much as it likes.</summary>
    public void EndHandshake() => remaining = int.MaxValue;

    /// <summary>Gives at least so many of the first bytes without taking them; fewer when the peer closed before.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> PeekAsync(int count, CancellationToken cancel)
    {
        if (seen.Length < count)
            Array.Resize(ref seen, count);
        while (seenCount < count)
        {
            int read = await ReadConnectionAsync(seen.AsMemory(seenCount), cancel).ConfigureAwait(false);
            if (read == 0)
                break;
            seenCount += read;
        }

        return seen.AsMemory(0, seenCount);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (givenCount == seenCount)
            return ReadConnectionAsync(buffer, cancellationToken);
        int count = Math.Min(buffer.Length, seenCount - givenCount);
        seen.AsMemory(givenCount, count).CopyTo(buffer);
        givenCount += count;
        return ValueTask.FromResult(count);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => connection.WriteAsync(buffer, cancellationToken);

    private async ValueTask<int> ReadConnectionAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        if (remaining == int.MaxValue)
            return await connection.ReadAsync(buffer, cancel).ConfigureAwait(false);
        if (remaining == 0)
            throw new TransportException($"the peer sent more than {bytesMax} bytes without finishing the TLS handshake");
        int count = await connection.ReadAsync(buffer[..Math.Min(buffer.Length, remaining)], cancel).ConfigureAwait(false);
        remaining -= count;
        return count;
    }
}
