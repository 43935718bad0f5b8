using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using TcpLens.Items;
using TcpLens.Linux.Namespaces;
using TcpLens.LocalSocket;
using TcpLens.UnitTests.CommandLine;
using TcpLens.UnitTests.Monitoring;
using TcpLens.Zabbix;
using Xunit;

namespace TcpLens.UnitTests.Zabbix.Items;

/// <summary>The plugin asks the resident monitor before it reads the kernel; it needs none.</summary>
public sealed class MonitorFirst : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("tcplens-monitor-").FullName;
    private readonly FakeTimeProvider _clock = new();
    private readonly CountedKernel _kernel = new(new FakeKernel
    {
        Detailed = SampleDetails.Empty,
        Sockets = [new Core.Readings.ListedSocket("own", SampleDetails.Listener("0.0.0.0", 443, 0, 128))],
    });

    private readonly ItemKeys _own;
    private readonly ResidentItems _items;

    public MonitorFirst()
    {
        var resident = new LocalClient(name => name == LocalClient.PathVariable ? SocketPath : null);
        _own = new ItemKeys(_kernel, _clock, identity: null, latest: null, () => resident.Presence);
        _items = new ResidentItems(resident, _own, _clock);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string SocketPath => Path.Combine(_directory, "socket");

    [Fact]
    public async Task What_the_monitor_knows_costs_no_reading()
    {
        await using (Start())
        {
            Assert.Equal(AgentAnswer.Value("40"), await _items.AnswerAsync("TIME_WAIT", Cancel));
            Assert.Equal(0, _kernel.Begun);
            Assert.Equal(AgentAnswer.Value("1"), await _items.AnswerAsync("tcplens.state[listen,443]", Cancel));
            Assert.Equal((0, 1), (_own.Readings, _own.Passes));
        }

        Assert.Equal(AgentAnswer.Value("0"), await _items.AnswerAsync("TIME_WAIT", Cancel));
        Assert.Equal(1, _own.Readings);
    }

    [Fact]
    public async Task A_monitor_that_ended_is_missed()
    {
        await using (Start())
            Assert.Contains("\"monitor\":{\"runs\":1,\"remark\":\"\"", (await _items.AnswerAsync("tcplens.states", Cancel)).Text, StringComparison.Ordinal);
        Assert.Contains($"\"monitor\":{{\"runs\":0,\"remark\":\"tcplens serve does not run: nobody listens at {SocketPath}\"", (await _items.AnswerAsync("tcplens.states", Cancel)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_monitor_that_says_nothing_is_left_alone_for_a_while()
    {
        using (var silent = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            silent.Bind(new UnixDomainSocketEndPoint(SocketPath));
            silent.Listen();
            var asked = _items.AnswerAsync("TIME_WAIT", Cancel).AsTask();
            using var connection = await silent.AcceptAsync(Cancel);
            _clock.Advance(TimeSpan.FromSeconds(2));
            connection.Close();
            Assert.Equal(AgentAnswer.Value("0"), await asked);
        }

        File.Delete(SocketPath);
        await using var server = Start();
        Assert.Equal(AgentAnswer.Value("0"), await _items.AnswerAsync("TIME_WAIT", Cancel));
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(AgentAnswer.Value("40"), await _items.AnswerAsync("TIME_WAIT", Cancel));
    }

    public void Dispose()
    {
        _items.Dispose();
        _own.Dispose();
        _kernel.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private LocalServer Start() => LocalServer.Start(SocketPath, null, OwnNamespace.Inode, _ => Task.FromResult(SampleReports.Tick(1)));
}
