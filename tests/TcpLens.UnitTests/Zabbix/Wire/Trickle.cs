namespace TcpLens.UnitTests.Zabbix.Wire;

/// <summary>A stream that gives one byte at a time and counts them.</summary>
internal sealed class Trickle(byte[] data) : MemoryStream(data)
{
    public int Given { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        int count = Read(buffer.Span[..Math.Min(1, buffer.Length)]);
        Given += count;
        return count;
    }
}
