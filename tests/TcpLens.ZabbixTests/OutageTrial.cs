using System.Diagnostics;
using Xunit;

namespace TcpLens.ZabbixTests;

/// <summary>
/// Server and proxy go away under load and come back; TcpLens is killed meanwhile. Then answers get lost after the values were taken, and who took
/// them is killed before it has kept them. What the database holds at last is compared with what TcpLens sent, and counted second by second.
/// </summary>
internal sealed class OutageTrial : IAsyncDisposable
{
    private const string Proxy = "outage-proxy";

    /// <summary>Of a hundred seconds, those in which a busy machine may come too late to collect at all.</summary>
    private const int LatePercent = 10;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    private readonly ZabbixServer _server;
    private readonly CollectedHost _direct;
    private readonly CollectedHost _proxied;

    public OutageTrial(ZabbixServer server)
    {
        _server = server;
        string proxy = server.Api("proxy.create", server.Version == "6.0" ? $$"""{"host":"{{Proxy}}","status":5}""" : $$"""{"name":"{{Proxy}}","operating_mode":0}""")
            .GetProperty("proxyids")[0].GetString()!;
        _direct = new CollectedHost(server, "outage-direct", null, new LossyRelay(server.Place));
        _proxied = new CollectedHost(server, "outage-proxied", proxy, new LossyRelay(server.StartProxy(Proxy)));
        server.ReloadConfiguration();
    }

    private CollectedHost[] Hosts => [_direct, _proxied];

    /// <summary>Goes through it.</summary>
    /// <param name="length">How long server and proxy are away at first.</param>
    /// <returns>What is wrong in the database.</returns>
    public IEnumerable<string> Run(TimeSpan length)
    {
        foreach (var host in Hosts)
            host.Start();
        Await(() => Hosts.All(host => host.HasAllSince(0)), "the first values of all items");
        long begin = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        BeAway(length);
        LoseAnswers(begin);
        long end = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        Await(() => Hosts.All(host => host.HasAllSince(end)), "values from after the outage");
        foreach (var host in Hosts)
            host.Stop();
        return [.. Hosts.SelectMany(host => Complaints(host, begin, end))];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in Hosts)
        {
            host.Dispose();
            await host.Way.DisposeAsync();
        }

        _server.Stop(Proxy, "TERM");
    }

    private void BeAway(TimeSpan length)
    {
        _server.Stop(Proxy, "TERM");
        _server.Stop("server", "TERM");
        for (int i = 0; i < 2; i++)
        {
            Thread.Sleep(length / 2);
            foreach (var host in Hosts)
                host.Restart();
        }
    }

    // Each is killed while all that it has taken since its start is unacknowledged. The server is away when the proxy is killed: what the proxy
    // has handed on to a server that is killed is theirs to lose.
    private void LoseAnswers(long begin)
    {
        _direct.Way.LosesAnswers = true;
        _server.Start();
        Await(() => _direct.Way.Lost > 2 && _direct.HasAllSince(begin), "stored values whose acknowledgement was lost");
        _server.Stop("server", "KILL");
        _direct.Way.LosesAnswers = false;

        _proxied.Way.LosesAnswers = true;
        _server.StartProxy(Proxy);
        Await(() => _proxied.Way.Lost > 2, "lost answers of the proxy");
        _server.Stop(Proxy, "KILL");
        _proxied.Way.LosesAnswers = false;

        _proxied.Restart();
        _server.Start();
        _server.StartProxy(Proxy);
    }

    private IEnumerable<string> Complaints(CollectedHost host, long begin, long end)
    {
        var rows = host.Rows().Where(row => row.Clock > begin && row.Clock <= end).ToLookup(row => row.Item, row => (row.Clock, row.Nanoseconds), StringComparer.Ordinal);
        var values = host.Way.Sent.Where(value => value.Clock > begin && value.Clock <= end).ToLookup(value => value.Item, value => (value.Clock, value.Nanoseconds), StringComparer.Ordinal);
        var seconds = Enumerable.Range(0, (int)(end - begin)).Select(second => begin + 1 + second).Where(second => !host.WasAway(second)).ToArray();
        long missing = 0;
        foreach (var (id, key) in host.Asked.Concat(host.Pushed))
        {
            var stored = rows[id].ToArray();
            if (Difference([.. values[host.Asked.ContainsKey(id) ? id : key]], stored) is { } difference)
                yield return $"{host.Name} {key}: {difference}";
            if (!host.Asked.ContainsKey(id))
                continue;
            var counts = stored.CountBy(row => row.Clock).ToDictionary();
            if (seconds.Where(second => counts.GetValueOrDefault(second) > 1).ToArray() is { Length: > 0 } twice)
                yield return $"{host.Name} {key}: more than once in the seconds {string.Join(' ', twice)}";
            var without = seconds.Where(second => !counts.ContainsKey(second)).ToArray();
            missing += without.Length;
            if (without.Length * 100 > seconds.Length * LatePercent)
                yield return $"{host.Name} {key}: {without.Length} of {seconds.Length} seconds are missing: {string.Join(' ', without)}";
        }

        if (Numbering(host) is { } gap)
            yield return $"{host.Name}: {gap}";
        if (host.Way.Repeated == 0)
            yield return $"{host.Name}: no value was sent twice";
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{_server.Version} {host.Name}: {rows.Sum(item => item.Count())} rows of {rows.Count} items in {end - begin} s; {seconds.Length} s counted, {missing} of {seconds.Length * host.Asked.Count} item seconds not collected;"
            + $" {host.Way.Lost} answers lost, {host.Way.Repeated} values sent again");
    }

    /// <summary>What is different between what was sent and what is stored of an item; <see langword="null"/> when nothing is.</summary>
    private static string? Difference((long Clock, int Nanoseconds)[] sent, (long Clock, int Nanoseconds)[] stored)
    {
        if (sent.Length == 0)
            return "nothing was sent";
        if (!sent.SequenceEqual(sent.Order()))
            return "sent out of order";
        if (sent.SequenceEqual(stored))
            return null;
        return $"{sent.Length} sent, {stored.Length} stored, {sent.Except(stored).Count()} not stored, {stored.Length - stored.Distinct().Count()} stored twice, {stored.Except(sent).Count()} stored unsent, in order: {stored.SequenceEqual(stored.Order())};"
            + $" not stored: {string.Join(' ', sent.Except(stored).Take(10))}; unsent: {string.Join(' ', stored.Except(sent).Take(10))}";
    }

    // Numbers without a gap: TcpLens forgot none of the values that it had stored.
    private static string? Numbering(CollectedHost host)
    {
        foreach (var session in host.Way.Sent.Where(value => value.Session.Length > 0).GroupBy(value => value.Session, StringComparer.Ordinal))
        {
            ulong[] numbers = [.. session.Select(value => value.Id)];
            if (numbers.Index().FirstOrDefault(one => one.Item != numbers[0] + (ulong)one.Index) is { Index: > 0 } wrong)
                return $"value {wrong.Item} of session {session.Key} follows value {numbers[wrong.Index - 1]}";
        }

        return null;
    }

    private void Await(Func<bool> condition, string what)
    {
        var waited = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(waited.Elapsed < s_patience, $"Zabbix {_server.Version}: {what} did not come\n{string.Join('\n', Hosts.Select(host => host.Log))}");
            Thread.Sleep(500);
        }
    }
}
