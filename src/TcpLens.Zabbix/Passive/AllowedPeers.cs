using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace TcpLens.Zabbix.Passive;

/// <summary>
/// Judges peers by an <see cref="AllowList"/>, names included. What a name stands for is remembered for <see cref="Remembered"/>, one answer for
/// each name of the list; a name that cannot be looked up allows nobody, and is asked for again after <see cref="RetryAfter"/>.
/// </summary>
internal sealed class AllowedPeers(AllowList list, Func<string, CancellationToken, Task<IPAddress[]>> resolve, TimeProvider clock, ILogger log)
{
    /// <summary>How long an answer of DNS is good.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);

    /// <summary>How long a failure is remembered: strangers who knock do not become questions to a name server in trouble.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    /// <summary>A name server that takes longer has failed.</summary>
    public static readonly TimeSpan LookUpTime = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (Task<IPAddress[]> Addresses, long Asked)> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a peer may ask. Known at once unless a name has to be looked up first.</summary>
    public ValueTask<bool> IsAllowedAsync(IPAddress peer)
    {
        if (list.Contains(peer))
            return ValueTask.FromResult(true);
        return list.Names.IsEmpty ? ValueTask.FromResult(false) : IsNamedAsync(peer);
    }

    private async ValueTask<bool> IsNamedAsync(IPAddress peer)
    {
        // All are asked at once: one name server that is silent delays a peer as long as ten.
        foreach (var lookUp in list.Names.Select(AddressesOf).ToArray())
        {
            if ((await lookUp.ConfigureAwait(false)).Any(address => new AddressRange(address).Contains(peer)))
                return true;
        }

        return false;
    }

    private Task<IPAddress[]> AddressesOf(string name)
    {
        lock (_lock)
        {
            if (_names.TryGetValue(name, out var known) && !IsStale(known.Addresses, known.Asked))
                return known.Addresses;
            bool isNews = known.Addresses is null || known.Addresses.Result.Length > 0;
            var asked = LookUpAsync(name, isNews);
            _names[name] = (asked, clock.GetTimestamp());
            return asked;
        }
    }

    private bool IsStale(Task<IPAddress[]> addresses, long asked) =>
        addresses.IsCompleted && clock.GetElapsedTime(asked) >= (addresses.Result.Length > 0 ? Remembered : RetryAfter);

    // Never fails: no address is the answer then.
    private async Task<IPAddress[]> LookUpAsync(string name, bool isNews)
    {
        using var limit = new TimeLimit(LookUpTime, clock, CancellationToken.None);
        string reason;
        try
        {
            var addresses = await resolve(name, limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
            if (addresses.Length > 0)
                return addresses;
            reason = "it has no address";
        }
        catch (SocketException trouble)
        {
            reason = trouble.Message;
        }
        catch (OperationCanceledException)
        {
            reason = $"no answer within {LookUpTime.TotalSeconds} s";
        }

        if (isNews)
            log.UnknownName(name, reason);
        return [];
    }
}
