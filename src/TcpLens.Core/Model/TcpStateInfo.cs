using TcpLens.Core.Text;

namespace TcpLens.Core.Model;

/// <summary>What people and programs call one state, and how it is drawn. All spellings in use stand here and nowhere else.</summary>
public sealed record TcpStateInfo
{
    public required TcpState State { get; init; }

    /// <summary>The name in RFC 9293: <c>SYN-RECEIVED</c>.</summary>
    public required string Rfc { get; init; }

    /// <summary>The name in the Linux kernel without its prefix, and in netstat: <c>SYN_RECV</c>. It is also the Zabbix key of the netstat recipe.</summary>
    public required string Linux { get; init; }

    /// <summary>The name in <c>ss</c>: <c>SYN-RECV</c>, <c>UNCONN</c> for CLOSE.</summary>
    public required string Ss { get; init; }

    /// <summary>The value of <c>network.connection.state</c> in OpenTelemetry's semantic conventions: <c>syn_received</c>.</summary>
    public required string OpenTelemetry { get; init; }

    /// <summary>The Chinese name that textbooks use.</summary>
    public required string Chinese { get; init; }

    public required StateGroup Group { get; init; }

    /// <summary>The one colour of the state in terminal, dashboard and graphs. Never the only carrier of meaning.</summary>
    public required Rgb Colour { get; init; }

    /// <summary>What it means, in one short line (at most 34 columns).</summary>
    public required Phrase Meaning { get; init; }

    /// <summary>
    /// The lower-case Linux name: the key in JSON, the label in Prometheus, the argument of Zabbix's
    /// <c>net.tcp.socket.count</c>, the word after <c>state:</c> in a filter.
    /// </summary>
    public string Name => field ??= Linux.ToLowerInvariant();

    /// <summary>The bit of this state in the mask of a sock_diag request: <c>1 &lt;&lt; number</c>.</summary>
    public uint Bit => 1u << (int)State;
}
