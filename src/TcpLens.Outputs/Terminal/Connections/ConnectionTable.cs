using TcpLens.Core.Model;
using TcpLens.Core.Owners;
using TcpLens.Core.Readings;
using TcpLens.Core.Text;

namespace TcpLens.Outputs.Terminal.Connections;

/// <summary>Sockets as lines, in the columns of <c>ss</c>. What is longer than its column pushes the rest: nothing is cut off.</summary>
public sealed class ConnectionTable
{
    private const int StateWidth = 11;
    private const int QueueWidth = 6;
    private const int TimerWidth = 10;
    private const int NamespaceWidth = 16;
    private const int NarrowestEnd = 21;

    /// <summary>The longest address in full: IPv6 with brackets and port.</summary>
    private const int WidestEnd = 47;

    private readonly Style _style;
    private readonly int _endWidth;
    private readonly bool _showNamespace;
    private readonly bool _withOwners;

    public ConnectionTable(Style style, int columns, bool showNamespace, bool withOwners = false)
    {
        _style = style;
        _withOwners = withOwners;
        _showNamespace = showNamespace;
        _endWidth = Math.Clamp((columns - StateWidth - (2 * QueueWidth) - TimerWidth - 5) / 2, NarrowestEnd, WidestEnd);
    }

    public string Heading(Language language) => _style.Bold(language == Language.Chinese
        ? Row("状态", "接收队", "发送队", "本端", "对端", "定时器", "命名空间", "所有者")
        : Row("STATE", "RECV-Q", "SEND-Q", "LOCAL", "REMOTE", "TIMER", "NETNS", "OWNER"));

    public string Line(ListedSocket listed)
    {
        var socket = listed.Socket;
        var info = socket.State.Info();
        string sendQueue = socket is { IsListener: true, SendQueue: 0 } ? "-" : socket.SendQueue.ToString();
        string line = Row(info.Linux, socket.ReceiveQueue.ToString(), sendQueue, socket.Local.ToString(), socket.Remote.ToString(), Timer(socket), listed.Namespace, _withOwners ? Owner(listed.Sighting) : "");
        return _style.Of(info, line[..info.Linux.Length]) + line[info.Linux.Length..];
    }

    // Who is not seen to hold it has the mark of the table of groups.
    private static string Owner(in OwnerSighting sighting)
    {
        if (sighting.Owner is not { } owner)
            return "?";
        return sighting.Certainty == OwnerCertainty.Held ? owner.Text : "~" + owner.Text;
    }

    private static string Timer(in SocketRecord socket)
    {
        string name = socket.Timer switch
        {
            SocketTimer.None => "",
            SocketTimer.Retransmit => "rto",
            SocketTimer.KeepAlive => "alive",
            SocketTimer.TimeWait => "wait",
            SocketTimer.ZeroWindowProbe => "probe",
            _ => "timer",
        };
        if (name.Length == 0)
            return name;
        string repeated = socket.Retransmits > 0 ? $" x{socket.Retransmits}" : "";
        return $"{name} {Time(socket.TimerMilliseconds)}{repeated}";
    }

    // At most two digits of the largest unit that tells enough: a keepalive timer runs for two hours.
    private static string Time(uint milliseconds) => (milliseconds / 1000.0) switch
    {
        < 99.5 and var seconds => $"{seconds:0}s",
        < 99.5 * 60 and var seconds => $"{seconds / 60:0}m",
        var seconds => $"{seconds / 3600:0}h",
    };

    private string Row(string state, string receiveQueue, string sendQueue, string local, string remote, string timer, string netns, string owner)
    {
        string row = string.Join(
            ' ',
            TextLayout.PadRight(state, StateWidth),
            TextLayout.PadLeft(receiveQueue, QueueWidth),
            TextLayout.PadLeft(sendQueue, QueueWidth),
            TextLayout.PadRight(local, _endWidth),
            TextLayout.PadRight(remote, _endWidth),
            _showNamespace || _withOwners ? TextLayout.PadRight(timer, TimerWidth) : timer);
        if (_showNamespace)
            row = $"{row} {(_withOwners ? TextLayout.PadRight(netns, NamespaceWidth) : netns)}";
        return (_withOwners ? $"{row} {owner}" : row).TrimEnd();
    }
}
