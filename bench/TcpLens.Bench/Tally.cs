using TcpLens.Core.Model;

namespace TcpLens.Bench;

/// <summary>
/// Sockets by state, as one contender tells them or as the load made them. A contender that does not tell the families has
/// only totals.
/// </summary>
public sealed class Tally
{
    private readonly long[] _total = new long[TcpStates.TableLength];
    private readonly long[] _ipv6 = new long[TcpStates.TableLength];

    /// <summary>Whether the IPv6 share of every state is known.</summary>
    public bool HasFamilies { get; init; } = true;

    /// <summary>Sockets that the contender counts, but not in which state.</summary>
    public long WithoutState { get; init; }

    /// <summary>Adds sockets of a known family.</summary>
    public void Add(TcpState state, long ipv4, long ipv6)
    {
        _total[(int)state] += ipv4 + ipv6;
        _ipv6[(int)state] += ipv6;
    }

    public long Total(TcpState state) => _total[(int)state];

    public long Ipv6(TcpState state) => _ipv6[(int)state];

    /// <summary>
    /// The states in which this tally differs from <paramref name="truth"/>. Sockets that the contender itself opens for
    /// the reading, up to <paramref name="own"/> ESTABLISHED ones of IPv4, are there and are no error; nor are those <see cref="WithoutState"/>
    /// that are missing elsewhere, if they are just as many.
    /// </summary>
    public IReadOnlyList<WrongState> ErrorsAgainst(Tally truth, int own)
    {
        var errors = new List<WrongState>();
        bool isElsewhere = WithoutState > 0 && WithoutState == truth._total.Sum() - _total.Sum();
        foreach (var info in TcpStates.All)
        {
            long surplus = Total(info.State) - truth.Total(info.State);
            bool families = !HasFamilies || Ipv6(info.State) == truth.Ipv6(info.State);
            bool explained = surplus == 0 || (surplus < 0 && isElsewhere) || (info.State == TcpState.Established && surplus > 0 && surplus <= own);
            if (!explained || !families)
                errors.Add(new(info.Linux.ToLowerInvariant(), Total(info.State), truth.Total(info.State)));
        }

        return errors;
    }
}
