using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace TcpLens.Serving;

/// <summary>
/// Tells systemd how the service is doing: sd_notify(3), by datagrams to the socket that <c>NOTIFY_SOCKET</c> names. Does nothing where no
/// service manager listens.
/// </summary>
internal sealed class SystemdNotifier : IDisposable
{
    private readonly Socket? _socket;
    private readonly UnixDomainSocketEndPoint? _address;

    public SystemdNotifier(Func<string, string?> environment)
    {
        if (environment("NOTIFY_SOCKET") is not { Length: > 1 } path || path[0] is not ('/' or '@'))
            return;
        _address = new UnixDomainSocketEndPoint(path[0] == '@' ? '\0' + path[1..] : path);
        _socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        WatchdogInterval = environment("WATCHDOG_USEC") is { } text && long.TryParse(text, out long microseconds) && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds)
            : null;
    }

    /// <summary>How long systemd waits for a sign of life; <see langword="null"/> when it does not.</summary>
    public TimeSpan? WatchdogInterval { get; }

    public void Ready(string status) => Tell($"READY=1\nSTATUS={OneLine(status)}");

    /// <summary>Says that the configuration is being read anew. The moment is CLOCK_MONOTONIC, not coarser: systemd takes none that lies before its own signal.</summary>
    public void Reloading() => Tell($"RELOADING=1\nMONOTONIC_USEC={Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000_000)}");

    public void Status(string status) => Tell($"STATUS={OneLine(status)}");

    /// <summary>The sign of life: sent for a report, so that a loop that hangs is restarted.</summary>
    public void Alive() => Tell("WATCHDOG=1");

    public void Stopping() => Tell("STOPPING=1");

    public void Dispose() => _socket?.Dispose();

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private void Tell(string words)
    {
        try
        {
            _socket?.SendTo(Encoding.UTF8.GetBytes(words), _address!);
        }
        catch (SocketException)
        {
            // A service manager that does not listen any more cannot be told that it does not.
        }
    }
}
