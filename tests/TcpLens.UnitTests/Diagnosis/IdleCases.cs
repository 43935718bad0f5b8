using TcpLens.Core.Diagnosis;
using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;

namespace TcpLens.UnitTests.Diagnosis;

/// <summary>The cases of the rule that looks at silent connections.</summary>
internal static class IdleCases
{
    public static IEnumerable<(string, RuleCase)> All =>
    [
        ("established_idle", new()
        {
            Bad = new() { Idle = [At5432(60, 100), At5432(90, 131), At5432(120, 159, kept: 7)] },
            Level = Severity.Warning,
            Subject = "5432",
            Sentence = "Port 5432: 120 open connections have carried nothing for 2 h and more, without keepalive, and become more: up from 60 in 20 min.",
            Cause = "Clients vanished",
            Between = new() { Idle = [At5432(30, 100), At5432(38, 110), At5432(45, 116)] },
            // A pool that comes to rest: more and more are silent, but there are no more than before.
            Fine = new() { Idle = [At5432(60, 200), At5432(130, 200), At5432(200, 200)] },
            Missing = new(),
        }),
        ("established_idle outgoing", new()
        {
            Bad = new() { Idle = [Census(ToDatabase(200, 210)), Census(ToDatabase(260, 280)), Census(ToDatabase(320, 330))] },
            Level = Severity.Warning,
            Subject = "192.0.2.1 > 192.0.2.50:5432",
            Sentence = "To 192.0.2.50:5432: 320 open connections have carried nothing",
            Cause = "a pool that evicts nothing",
            // One that was opened at once has grown once.
            Fine = new() { Idle = [Census(ToDatabase(60, 60)), Census(ToDatabase(60, 60)), Census(ToDatabase(260, 260))] },
            Missing = new() { Idle = [Census(ToDatabase(320, 330))] },
        }),
        ("established_idle of long ago", new()
        {
            Bad = new() { Idle = [At5432(10_000, 10_400), At5432(10_300, 10_690), At5432(10_600, 11_000)] },
            Level = Severity.Warning,
            Subject = "5432",
            Sentence = "Port 5432: 10,600 open connections have carried nothing",
            Between = new() { Idle = [At5432(10_000, 10_400), At5432(10_025, 10_410), At5432(10_045, 10_440)] },
            Fine = new() { Idle = [At5432(10_000, 10_400), At5432(10_100, 10_500), At5432(10_200, 10_600)] },
        }),
    ];

    public static IdleCensus At5432(int idle, int all, int kept = 0) => Census(new IdleGroup(null, 5432, all, idle, kept, TimeSpan.FromMinutes(130)));

    public static IdleCensus Census(params IdleGroup[] groups) => new(TimeSpan.FromHours(2), groups.Sum(one => one.All), groups.Sum(one => one.Idle), [.. groups]);

    private static IdleGroup ToDatabase(int idle, int all)
    {
        var socket = Scene.Outgoing(1, TcpState.Established)[0];
        return new IdleGroup(new Destination(socket.Local.Address, socket.Remote), 0, all, idle, 0, TimeSpan.FromHours(5));
    }
}
