using TcpLens.UnitTests.Zabbix.Buffer;
using TcpLens.Zabbix;
using TcpLens.Zabbix.Active;
using TcpLens.Zabbix.Buffer;
using TcpLens.Zabbix.Sender;
using TcpLens.Zabbix.Transport;

namespace TcpLens.UnitTests.Zabbix.Active;

/// <summary>An active agent whose clock stands until the test waits for something: then every look is a fifth of a second.</summary>
internal sealed class AgentBox : IItemSource, IAsyncDisposable
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(200);

    private readonly ServerCluster _cluster;
    private int _collected;

    public AgentBox(ServerCluster cluster)
    {
        _cluster = cluster;
        Buffer = Files.Open();
        Start();
    }

    public BufferBox Files { get; } = new();

    public ValueBuffer Buffer { get; private set; }

    public ActiveAgent Agent { get; private set; } = null!;

    public ActiveSettings Settings => new("web1", _cluster)
    {
        KeepCollecting = TimeSpan.FromMinutes(2),
        Zone = TimeZoneInfo.Utc,
        Delivery = new DeliverySettings { Gathering = TimeSpan.FromSeconds(1), Patience = TimeSpan.FromSeconds(30) },
    };

    /// <summary>How often item "one" was asked.</summary>
    public int Collected => _collected;

    public ValueTask<AgentAnswer> AnswerAsync(string key, CancellationToken cancel) =>
        ValueTask.FromResult(key == "one" ? AgentAnswer.Value(Interlocked.Increment(ref _collected).ToString()) : AgentAnswer.NotSupported("There is no such item."));

    /// <summary>Time goes on until it is so.</summary>
    public Task Until(Func<bool> condition) => Sender.Until.True(condition, () => $"{Agent.Status}\n{string.Join('\n', Files.Logged)}", () => Files.Clock.Advance(s_step));

    /// <summary>Ends agent and buffer as a stop does, and starts them again on the same file.</summary>
    public async Task Restart()
    {
        await Agent.DisposeAsync();
        Buffer.Dispose();
        Buffer = Files.Open();
        Start();
    }

    public async ValueTask DisposeAsync()
    {
        await Agent.DisposeAsync();
        Buffer.Dispose();
        Files.Dispose();
    }

    private void Start() => Agent = ActiveAgent.Start(Settings, this, Buffer, PlainTransport.Instance, Files.Clock, Files);
}
