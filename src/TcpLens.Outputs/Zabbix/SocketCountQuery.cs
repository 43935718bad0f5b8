using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using TcpLens.Core.Model;
using TcpLens.Zabbix;

namespace TcpLens.Outputs.Zabbix;

/// <summary>
/// What <c>net.tcp.socket.count[&lt;laddr&gt;,&lt;lport&gt;,&lt;raddr&gt;,&lt;rport&gt;,&lt;state&gt;]</c> asks for, with the meaning and the errors of the
/// classic agent (zabbix_agentd 6.0 and 7.0), which reads <c>/proc/net/tcp</c> and <c>tcp6</c>: sockets that are bound without a connection do not
/// stand there. Only an agent of our own may answer it: both agents have the key themselves and do not start with it as a user parameter.
/// </summary>
public sealed record SocketCountQuery : ISocketQuery
{
    /// <summary>The name of the key.</summary>
    public const string Key = "net.tcp.socket.count";

    private const int Parameters = 5;

    // The kernel's names in small letters, and nothing else: no other spelling is a state to the agents.
    private static readonly ImmutableDictionary<string, TcpState> s_states =
        TcpStates.All.ToImmutableDictionary(info => info.Linux.ToLowerInvariant(), info => info.State, StringComparer.Ordinal);

    private readonly SocketCountEnd _local;
    private readonly SocketCountEnd _remote;

    private SocketCountQuery(SocketCountEnd local, SocketCountEnd remote, StateMask states) => (_local, _remote, States) = (local, remote, states);

    public StateMask States { get; }

    public bool NeedsClose => false;

    /// <summary>Reads the parameters.</summary>
    /// <param name="key">The key; its name is not looked at.</param>
    /// <param name="portOf">The port of a TCP service by its name (<see cref="ServiceNames"/>).</param>
    /// <param name="query">What is asked for.</param>
    /// <param name="error">What is wrong, as the agent says it.</param>
    public static bool TryParse(ItemKey key, Func<string, ushort?> portOf, [NotNullWhen(true)] out SocketCountQuery? query, [NotNullWhen(false)] out string? error)
    {
        query = null;
        if (key.Parameters.Length > Parameters)
        {
            error = "Too many parameters.";
            return false;
        }

        if (!SocketCountEnd.TryParse(Parameter(key, 0), Parameter(key, 1), portOf, out var local, out error)
            || !SocketCountEnd.TryParse(Parameter(key, 2), Parameter(key, 3), portOf, out var remote, out error))
        {
            return false;
        }

        var states = StateMask.All;
        if (Parameter(key, 4) is { Length: > 0 } name)
        {
            if (!s_states.TryGetValue(name, out var state))
            {
                error = "Invalid fifth parameter.";
                return false;
            }

            states = default(StateMask).With(state);
        }

        query = new SocketCountQuery(local, remote, states & ~default(StateMask).With(TcpState.Close));
        return true;
    }

    public bool Matches(in SocketRecord socket) =>
        States.Contains(socket.State) && _local.Matches(socket.Local, socket.Family) && _remote.Matches(socket.Remote, socket.Family);

    private static string Parameter(ItemKey key, int index) => index < key.Parameters.Length ? key.Parameters[index] : "";
}
