using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace TcpLens.ZabbixTests;

/// <summary>A buffer that is full because the server is away for long: the oldest values go, and every one that goes is counted.</summary>
public sealed class FullBuffer(Servers servers) : IDisposable
{
    private const string Host = "full-buffer";

    /// <summary>Ways to the same server, each with values of its own in the buffer: the smallest one that may be set is full in some seconds then.</summary>
    private const int Ways = 12;

    /// <summary>Values of a message that may be on their way when they are given up: they are counted, and yet arrive.</summary>
    private const int Message = 250;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    private readonly ResidentProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task The_oldest_values_are_dropped_and_counted_and_the_others_arrive()
    {
        var server = ZabbixServer.Of(servers, "7.0");
        string id = server.Api("host.create", $$"""{"host":"{{Host}}","groups":[{"groupid":"2"}]}""").GetProperty("hostids")[0].GetString()!;
        string[] keys = ["agent.hostmetadata", "tcplens.states", "agent.ping"];
        server.Api("item.create", $"[{string.Join(',', keys.Select(key => $$"""{"name":"{{key}}","key_":"{{key}}","hostid":"{{id}}","type":7,"delay":"1s","value_type":4}"""))}]");
        server.ReloadConfiguration();
        LossyRelay[] ways = [.. Enumerable.Range(0, Ways).Select(_ => new LossyRelay(server.Place))];
        try
        {
            Configure(ways, "first");
            _program.Start();
            Await(() => ways.All(way => way.Sent.Length > 0), "the first values");
            foreach (var way in ways)
                way.IsCut = true;
            Await(() => ways.All(way => Dropped(way) > 2 * keys.Length), "dropped values");
            Assert.Matches("the buffer is full: the oldest values of \".+\" are dropped from now on", _program.Log);

            foreach (var way in ways)
                way.IsCut = false;
            Configure(ways, "second");
            _program.Reload();
            // Whatever starts anew has a session of its own; its values come behind all that waited.
            Await(() => ways.All(way => way.Sent.DistinctBy(value => value.Session, StringComparer.Ordinal).Count() == 2), "values from behind those that waited");
            // Of one way all that were given up may have been on their way.
            Assert.True(ways.Sum(Gaps) > 0);
            Assert.All(ways, way => Assert.InRange(Dropped(way) - Gaps(way), 0, Message));
            TestContext.Current.TestOutputHelper!.WriteLine($"{ways.Sum(way => way.Sent.Length)} values sent, {ways.Sum(Gaps)} not, {ways.Sum(Dropped)} counted as dropped");
            _program.Stop();
            Await(() => Stored(server, id).IsSupersetOf(ways.SelectMany(way => way.Sent).Select(value => $"{value.Item}|{value.Clock}|{value.Nanoseconds}")), "all values that were sent");
        }
        finally
        {
            foreach (var way in ways)
                await way.DisposeAsync();
        }
    }

    private void Configure(LossyRelay[] ways, string word) => _program.Configure(
        "zabbix_buffer.size_maximum = \"1MiB\"",
        $"zabbix_agent.servers = [{string.Join(", ", ways.Select(way => $"\"{way.Place}\""))}]",
        $"zabbix_agent.hostname = \"{Host}\"",
        $"zabbix_agent.metadata = \"{word}{new string('.', 2000)}\"");

    /// <summary>How many values of one way were given up, as the program tells Prometheus.</summary>
    private long Dropped(LossyRelay way)
    {
        var found = Regex.Match(_program.Metrics, $"^tcplens_zabbix_dropped_values_total{{[^}}]*server=\"{Regex.Escape(way.Place)}\"[^}}]*}} (?<value>[0-9]+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10));
        return found.Success ? long.Parse(found.Groups["value"].Value, CultureInfo.InvariantCulture) : -1;
    }

    /// <summary>Numbers that were left out within sessions.</summary>
    private static long Gaps(LossyRelay way) => way.Sent.GroupBy(value => value.Session, StringComparer.Ordinal)
        .Sum(session => (long)(session.Max(value => value.Id) - session.Min(value => value.Id) + 1) - session.Count());

    private static HashSet<string> Stored(ZabbixServer server, string host) =>
        [.. server.Sql($"select itemid, clock, ns from history_text where itemid in (select itemid from items where hostid = {host})")];

    private void Await(Func<bool> condition, string what)
    {
        var waited = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(waited.Elapsed < s_patience, $"{what} did not come\n{_program.Log}");
            Thread.Sleep(500);
        }
    }
}
