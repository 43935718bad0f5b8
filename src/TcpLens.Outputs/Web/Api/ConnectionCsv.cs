using System.Text;
using TcpLens.Core.Model;
using TcpLens.Core.Readings;

namespace TcpLens.Outputs.Web.Api;

/// <summary>Sockets as CSV (RFC 4180, with a heading). Of a listener the queues are connections, as everywhere.</summary>
internal static class ConnectionCsv
{
    public const string Heading = "netns,state,family,v4mapped,local,local_port,remote,remote_port,recv_q,send_q,timer_ms,retransmits,uid,inode,service,process,user,certainty";

    public static string Write(IEnumerable<ListedSocket> sockets)
    {
        var text = new StringBuilder(Heading).Append("\r\n");
        foreach (var (netns, socket, sighting) in sockets)
        {
            text.Append(Field(netns)).Append(',').Append(socket.State.Info().Name).Append(',').Append(socket.Family == SocketFamily.IPv4 ? "ipv4" : "ipv6")
                .Append(',').Append(socket.IsV4Mapped ? "true" : "false")
                .Append(',').Append(socket.Local.Address).Append(',').Append(socket.Local.Port)
                .Append(',').Append(socket.Remote.Address).Append(',').Append(socket.Remote.Port)
                .Append(',').Append(socket.ReceiveQueue).Append(',').Append(socket.SendQueue)
                .Append(',').Append(socket.TimerMilliseconds).Append(',').Append(socket.Retransmits)
                .Append(',').Append(socket.UserId).Append(',').Append(socket.Inode)
                .Append(',').Append(Field(sighting.Owner?.Service ?? "")).Append(',').Append(Field(sighting.Owner?.NumberedProcess ?? ""))
                .Append(',').Append(Field(sighting.Owner?.User ?? ""))
                .Append(',').Append(sighting.Owner is null ? "" : sighting.Certainty.ToString().ToLowerInvariant()).Append("\r\n");
        }

        return text.ToString();
    }

    private static string Field(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
