using System.Collections.Immutable;
using TcpLens.Core.Model;
using TcpLens.Core.Sources;
using TcpLens.Linux.Reading;
using TcpLens.Outputs.Zabbix;
using TcpLens.Zabbix;
using Xunit;

namespace TcpLens.ZabbixTests;

/// <summary><c>net.tcp.socket.count</c> of TcpLens beside that of real agents, by many combinations of parameters, over a host in every state.</summary>
public sealed class SocketCountOnAgents(Servers servers)
{
    /// <summary>A poll leaves a TIME_WAIT for a minute; those of earlier ones end between two looks.</summary>
    private const int TriesMaximum = 30;

    // Both agents give the same numbers.
    private static readonly ImmutableArray<string> s_counts =
    [
        "", "[]", "[,,,,]", "[,0]", "[,\"\"]",
        .. TcpStates.All.Select(info => $"[,,,,{info.Linux.ToLowerInvariant()}]"),
        .. TcpStates.All.Select(info => $"[10.0.0.0/8,,,,{info.Linux.ToLowerInvariant()}]"),
        "[,,,, established]", "[,,,,\"time_wait\"]", "[,,,,ESTABLISHED]", "[,,,,established ]", "[,,,,fin-wait-1]", "[,,,,,]", "[,,,,,,]",
        "[10.0.0.1]", "[\"10.0.0.1\"]", "[ 10.0.0.1]", "[10.0.0.2]", "[::ffff:10.0.0.1]", "[::ffff:a00:1]", "[0:0:0:0:0:ffff:10.0.0.1]", "[::10.0.0.1]",
        "[fd00::1]", "[FD00:0::1]", "[fd00::2]", "[[fd00::1]]", "[0.0.0.0]", "[::]", "[,,0.0.0.0]", "[,,::]", "[127.0.0.1]", "[::1]",
        .. new[] { 0, 1, 7, 8, 9, 16, 24, 30, 31, 32 }.Select(length => $"[10.0.0.1/{length}]"),
        .. new[] { 0, 8, 14, 15, 16, 24, 32 }.Select(length => $"[,,10.1.0.1/{length}]"),
        .. new[] { 0, 1, 8, 16, 32, 64, 112, 127, 128 }.Select(length => $"[fd00::1/{length}]"),
        .. new[] { 0, 96, 97, 104, 127, 128 }.Select(length => $"[::ffff:10.0.0.1/{length}]"),
        "[0.0.0.0/0]", "[0.0.0.0/0,,,,listen]", "[::/0]", "[::/0,,,,listen]", "[::/64]", "[::/96]", "[::ffff:0:0/96]", "[10.0.0.1/08]", "[::ffff:0.0.0.0,,,,listen]",
        "[,901]", "[,902]", "[,1024]", "[,0901]", "[, 901]", "[,65535]", "[,,,443]", "[,,,https]", "[,,,https,established]", "[,https]", "[,www]", "[,,,ssh]",
        "[10.0.0.1,,10.1.0.1,https,time_wait]", "[fd00::/64,,fd00::1:0/112,443,close_wait]", "[::ffff:10.0.0.1,,::ffff:10.1.0.1,443]", "[10.0.0.1,,fd00::/8]",
        "[10.2.0.1]", "[,,10.2.0.1,,syn_recv]", "[10.0.0.0/8,,10.2.0.0/15,,]",
    ];

    // Where the two agents do not say the same, TcpLens says what the classic one does.
    private static readonly ImmutableArray<string> s_classic =
    [
        "[abc]", "[localhost]", "[*]", "[10.0.0]", "[10.0.0.256]", "[10.0.0.1.2]", "[10.0.0.1 ]", "[010.0.0.1]", "[012.0.0.01]", "[10.0.0.09]", "[fd00:::1]", "[12345::]",
        "[fe80::1%lo]", "[\"[::1]\"]", "[10.0.0.1/33]", "[10.0.0.1/]", "[10.0.0.1/-1]", "[10.0.0.1/ 8]", "[10.0.0.1/8/8]", "[10.0.0/8]", "[fd00::/129]", "[,,abc]", "[,,10.0.0.0/33]",
        "[::ffff:10.0.0.1/1]", "[::ffff:10.0.0.1/64]", "[::ffff:10.0.0.1/80]", "[::ffff:10.0.0.1/81]", "[::ffff:10.0.0.1/95]", "[::ffff:10.0.0.1/129]",
        "[,nosuch]", "[,,,nosuch]", "[,HTTPS]", "[,tftp]", "[,65536]", "[,-1]", "[,+443]", "[,443x]", "[,443 ]", "[,\" 443\"]", "[,0x1bb]", "[,9p]", "[,1e3]", "[,-]", "[,-0]", "[,*]",
        "[10.0.0.1,*]", "[,a b]", "[abc,nosuch,abc,nosuch,x]", "[10.0.0.1,nosuch]", "[abc,nosuch,abc,nosuch,x,y]",
    ];

    [Theory]
    [InlineData("6.0", "agentd")]
    [InlineData("6.0", "agent2")]
    [InlineData("7.0", "agentd")]
    [InlineData("7.0", "agent2")]
    public void TcpLens_counts_and_refuses_what_the_agent_does(string version, string kind)
    {
        var server = ZabbixServer.Of(servers, version);
        using var site = new Site();
        using var reader = site.Run(() => new HostReader(TimeProvider.System, SourceChoice.Auto));
        string agent = "count-" + kind;
        var (address, port) = server.StartAgent(kind, agent, site.ProcessId, []);
        try
        {
            var differences = (kind == "agentd" ? s_counts.AddRange(s_classic) : s_counts)
                .Select(parameters => Compare(SocketCountQuery.Key + parameters))
                .Where(difference => difference.Length > 0);
            Assert.Equal("", string.Join('\n', differences));
        }
        finally
        {
            server.StopAgent(agent);
        }

        string Compare(string key)
        {
            Assert.True(ItemKey.TryParse(key, out var parsed), key);
            if (!SocketCountQuery.TryParse(parsed, PortOf, out var query, out string? error))
                return server.Said(agent, key) is var said && said == error ? "" : $"{key}: TcpLens {error}, the agent {said}";
            // The agent sees the poll that asks; afterwards that is a TIME_WAIT.
            var poll = Poll(address, port);
            int asking = query.Matches(poll) ? 1 : 0;
            int asked = query.Matches(poll with { State = TcpState.TimeWait }) ? 1 : 0;
            for (int tries = 0; tries < TriesMaximum; tries++)
            {
                long before = Count(site, reader, query);
                string theirs = server.Said(agent, key);
                if (Count(site, reader, query) == before + asked)
                    return theirs == $"{before + asking}" ? "" : $"{key}: TcpLens {before + asking}, the agent {theirs}";
            }

            return $"{key}: the sockets never stood still";
        }
    }

    private static SocketRecord Poll(string address, int port) => new()
    {
        State = TcpState.Established,
        Family = SocketFamily.IPv4,
        Local = new TcpEndpoint(Address(address), (ushort)port),
        Remote = new TcpEndpoint(Address(address), 1),
    };

    private static IpAddress Address(string text) => IpAddress.TryParse(text, out var address) ? address : throw new ArgumentException(text, nameof(text));

    private static ushort? PortOf(string service) => ServiceNames.Find(File.ReadAllText("/etc/services"), service);

    private static long Count(Site site, HostReader reader, SocketCountQuery query)
    {
        var sink = new Matching(query);
        if (query.States.Bits != 0)
            Assert.All(site.Run(() => reader.Stream(null, null, query.States, _ => sink)), pass => Assert.Equal(Completeness.Complete, pass.Pass.Completeness));
        return sink.Count;
    }

    private sealed class Matching(SocketCountQuery query) : ISocketSink
    {
        public long Count { get; private set; }

        public bool Take(in SocketRecord socket)
        {
            if (query.Matches(socket))
                Count++;
            return true;
        }
    }
}
