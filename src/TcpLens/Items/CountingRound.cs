using System.Collections.Immutable;
using TcpLens.Core.Model;
using TcpLens.Core.Sources;
using TcpLens.Outputs.Zabbix;

namespace TcpLens.Items;

/// <summary>One pass over the sockets that counts for many queries. Its only cost in memory is a number for each query.</summary>
internal sealed class CountingRound : ISocketSink
{
    private ImmutableArray<ISocketQuery> _queries;
    private long[] _counts = [];

    /// <summary>Whether its queries are laid down: then it serves no other.</summary>
    public bool IsFilled => !_queries.IsDefault;

    public SocketDetail Detail => SocketDetail.Ends;

    /// <summary>When it was filled, as a timestamp of the clock.</summary>
    public long FilledAt { get; private set; }

    /// <summary>Gives the pass over the sockets once it has been made.</summary>
    public Task<Pass> Made { get; set; } = null!;

    /// <summary>The states that any of the queries asks for.</summary>
    public StateMask States { get; private set; }

    /// <summary>Lays down what is counted.</summary>
    public void Fill(ImmutableArray<ISocketQuery> queries, long now)
    {
        FilledAt = now;
        _counts = new long[queries.Length];
        States = new StateMask(queries.Aggregate(0u, (bits, query) => bits | query.States.Bits));
        _queries = queries;
    }

    public bool Has(ISocketQuery query) => _queries.Contains(query);

    /// <summary>What was counted for one of its queries.</summary>
    public long Of(ISocketQuery query) => _counts[_queries.IndexOf(query)];

    public bool Take(in SocketRecord socket)
    {
        for (int i = 0; i < _queries.Length; i++)
        {
            if (_queries[i].Matches(socket))
                _counts[i]++;
        }

        return true;
    }
}
