using TcpLens.Zabbix.Transport;

namespace TcpLens.Zabbix.Sender;

/// <summary>Sends values once and says what became of them, as zabbix_sender does. Nothing is kept when it fails: for that there is <see cref="ValuePusher"/>.</summary>
/// <param name="cluster">Server or proxy.</param>
/// <param name="security">How connections are protected.</param>
/// <param name="patience">The longest one message may take.</param>
/// <param name="clock">Tells the time.</param>
public sealed class TrapperSender(ServerCluster cluster, IClientSecurity security, TimeSpan patience, TimeProvider clock)
{
    private readonly ServerPeer _peer = new(cluster, security, patience, clock);

    /// <summary>Sends them in order, in messages of at most <see cref="TrapperMessage.ValuesMaximum"/>.</summary>
    /// <returns>What the server says of all of them together. Failed are those of unknown hosts, unknown keys, items of another type, and senders that the item does not allow.</returns>
    /// <exception cref="ServerException">A message got no answer; it and those behind it may not have arrived.</exception>
    public async Task<ValueCount> SendAsync(IReadOnlyList<TrapperValue> values, CancellationToken cancel)
    {
        var sum = default(ValueCount);
        for (int sent = 0; sent < values.Count;)
        {
            var batch = new List<TrapperValue>();
            for (long bytes = 0; sent < values.Count && batch.Count < TrapperMessage.ValuesMaximum; sent++)
            {
                bytes += values[sent].Key.Length + (long)values[sent].Text.Length;
                if (batch.Count > 0 && bytes > TrapperMessage.BytesMaximum)
                    break;
                batch.Add(values[sent]);
            }

            var (_, answer) = await _peer.AskAsync(TrapperMessage.ToBytes(batch.ToArray(), clock.GetUtcNow()), cancel).ConfigureAwait(false);
            if (!answer.IsSuccess || answer.Count is not { } count)
                throw new ServerException($"{_peer.Address} took nothing: {answer.Info}");
            sum = new ValueCount(sum.Processed + count.Processed, sum.Failed + count.Failed, sum.Total + count.Total);
        }

        return sum;
    }
}
