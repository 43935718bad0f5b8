using System.Diagnostics.CodeAnalysis;
using TcpLens.Core.Filtering;
using TcpLens.Core.Model;
using TcpLens.Zabbix;

namespace TcpLens.Outputs.Zabbix;

/// <summary>
/// What <c>tcplens.state[&lt;state&gt;,&lt;lport&gt;,&lt;laddr&gt;,&lt;raddr&gt;,&lt;rport&gt;,&lt;netns&gt;]</c> asks for. An empty parameter
/// stands for anything. Addresses mean what they mean in <c>net.tcp.socket.count</c>: an IPv4 prefix finds IPv4 over IPv6 sockets too.
/// </summary>
public sealed record StateQuery(SocketFilter Filter, string? Namespace) : ISocketQuery
{
    private const int Parameters = 6;

    // Words of a filter, in the order of the parameters; the first and the last are not plain words.
    private static readonly string[] s_words = ["state", "lport", "local", "remote", "rport"];

    /// <summary>Whether whole states of the own namespace are asked for: any reading has them, without a look at single sockets.</summary>
    public bool IsOfWholeStates { get; private init; }

    /// <summary>Reads the parameters; <paramref name="error"/> says which one is wrong.</summary>
    public static bool TryParse(ItemKey key, [NotNullWhen(true)] out StateQuery? query, [NotNullWhen(false)] out string? error)
    {
        query = null;
        error = null;
        if (key.Parameters.Length > Parameters)
        {
            error = $"Too many parameters: {KeyNames.State}[<state>,<lport>,<laddr>,<raddr>,<rport>,<netns>]";
            return false;
        }

        var words = new List<string>();
        for (int i = 0; i < Math.Min(key.Parameters.Length, s_words.Length); i++)
        {
            if (key.Parameters[i] is not { Length: > 0 } value)
                continue;
            if (!IsPlain(value) || (i == 0 && !TcpStates.TryParse(value, out _)))
            {
                error = $"Parameter {i + 1} ({s_words[i]}) is not understood: {value}";
                return false;
            }

            words.Add($"{s_words[i]}:{value}");
        }

        if (!SocketFilter.TryParse(string.Join(' ', words), out var filter, out var wrong))
        {
            error = $"{wrong.Text.Substring(wrong.Position, wrong.Length)}: {wrong.Message.English}";
            return false;
        }

        string? netns = key.Parameters.Length == Parameters && key.Parameters[^1].Length > 0 ? key.Parameters[^1] : null;
        query = new StateQuery(filter, netns) { IsOfWholeStates = netns is null && words.All(word => word.StartsWith("state:", StringComparison.Ordinal)) };
        return true;
    }

    public StateMask States => Filter.States;

    public bool NeedsClose => Filter.States == default(StateMask).With(TcpState.Close);

    public bool Matches(in SocketRecord socket) => Filter.Matches(socket);

    // A list, a negation or a second word would be read by the filter as something that a key does not mean.
    private static bool IsPlain(string value) => value.All(c => char.IsLetterOrDigit(c) || c is '.' or ':' or '/' or '-' or '_');
}
