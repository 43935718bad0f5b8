using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.BinaryTests.Serving;

/// <summary>What a service manager is told (sd_notify(3)), and whether the unit of <c>packaging/</c> lets the program do its work.</summary>
public sealed class UnderSystemd : IDisposable
{
    private readonly DaemonHome _home = new();
    private readonly Socket _manager = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = (int)Eventually.Patience.TotalMilliseconds };

    public void Dispose()
    {
        _manager.Dispose();
        _home.Dispose();
    }

    [Fact]
    public async Task It_says_when_it_is_ready_alive_reloading_and_stopping()
    {
        _manager.Bind(new UnixDomainSocketEndPoint(_home["notify"]));
        await using var daemon = await Daemon.StartAsync(_home.With() with { Environment = [("NOTIFY_SOCKET", _home["notify"]), ("WATCHDOG_USEC", "300000")] });
        string ready = $"READY=1\nSTATUS={daemon.Address.GetLeftPart(UriPartial.Authority)}";
        Assert.Equal(ready, Told(all: true));
        Assert.Equal("WATCHDOG=1", Told(all: true));
        Assert.Equal("WATCHDOG=1", Told(all: true));

        long before = Stopwatch.GetTimestamp() / 1000;
        daemon.Send(Signal.HangUp);
        string reloading = Told();
        Assert.StartsWith("RELOADING=1\nMONOTONIC_USEC=", reloading, StringComparison.Ordinal);
        // systemd ignores a moment that lies before its own signal.
        Assert.InRange(long.Parse(reloading.Split('=')[^1], CultureInfo.InvariantCulture), before, Stopwatch.GetTimestamp() / 1000);
        Assert.Equal(ready, Told());
        daemon.Send(Signal.Terminate);
        Assert.Equal("STOPPING=1", Told());
    }

    /// <summary>systemd 253 and newer name an abstract socket; the program is told by the same variable.</summary>
    [Fact]
    public async Task An_abstract_socket_is_told_as_well()
    {
        string name = $"tcplens-{Guid.NewGuid():N}";
        _manager.Bind(new UnixDomainSocketEndPoint("\0" + name));
        await using var daemon = await Daemon.StartAsync(_home.With() with { Environment = [("NOTIFY_SOCKET", "@" + name)] });
        Assert.StartsWith("READY=1\n", Told(all: true), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_manager_that_has_gone_is_no_trouble()
    {
        await using var daemon = await Daemon.StartAsync(_home.With() with { Environment = [("NOTIFY_SOCKET", _home["nobody"]), ("WATCHDOG_USEC", "100000")] });
        await daemon.ReportAsync(report => report.GetProperty("number").GetInt64() > 5);
        Assert.Equal(0, (await daemon.StopAsync()).ExitCode);
    }

    [Fact]
    public void The_unit_is_one()
    {
        UserShell.Need("systemd-analyze", "systemd");
        string unit = File.ReadAllText(RepositoryRoot.Of("packaging", "tcplens.service"));
        Assert.Contains("\nExecStart=/usr/bin/tcplens serve\n", unit, StringComparison.Ordinal);
        File.WriteAllText(_home["tcplens.service"], unit.Replace("/usr/bin/tcplens", Path.Combine(UserShell.Directory, "tcplens"), StringComparison.Ordinal));
        var outcome = UserShell.Run($"systemd-analyze verify --man=no --recursive-errors=no {_home["tcplens.service"]}");
        Assert.Equal(new BinaryOutcome(0, "", ""), outcome);
    }

    private string Told(bool all = false)
    {
        byte[] bytes = new byte[4096];
        while (true)
        {
            string words = Encoding.UTF8.GetString(bytes.AsSpan(0, _manager.Receive(bytes)));
            if (all || words != "WATCHDOG=1")
                return words;
        }
    }
}
