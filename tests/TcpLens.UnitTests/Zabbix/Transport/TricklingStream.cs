using TcpLens.Zabbix.Transport;

namespace TcpLens.UnitTests.Zabbix.Transport;

/// <summary>Writes byte by byte.</summary>
internal sealed class TricklingStream(Stream connection) : ConnectionStream(connection)
{
    private readonly Stream target = connection;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => target.ReadAsync(buffer, cancellationToken);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        for (int i = 0; i < buffer.Length; i++)
            await target.WriteAsync(buffer.Slice(i, 1), cancellationToken);
    }
}
