using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TcpLens.Zabbix.Active;
using TcpLens.Zabbix.Buffer;
using TcpLens.Zabbix.Sender;
using TcpLens.Zabbix.Transport;

namespace TcpLens.ValueWriter;

/// <summary>
/// A process that keeps values for a server, and that a test may kill at any moment. <c>add FILE</c> stores values as fast as it can and prints the
/// number of each when it is stored; <c>disk FILE</c> is <see cref="DiskTrial"/>; <c>active FILE HOST SERVERS</c> is an active agent, <c>push FILE HOST SERVERS KEY</c> a pusher, of values that
/// count up; they print what they log.
/// </summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        ILogger log = arguments[0] is "add" or "disk" ? NullLogger.Instance : new LineLog();
        using var buffer = ValueBuffer.Open(new BufferSettings(arguments[1]) { RetryAfter = TimeSpan.FromMilliseconds(100) }, TimeProvider.System, log);
        switch (arguments[0])
        {
            case "add":
                Add(buffer.Lane("test"));
                return 0;
            case "disk":
                await new DiskTrial(buffer, arguments[1]).RunAsync();
                return 0;
            case "active":
                var settings = new ActiveSettings(arguments[2], Servers(arguments[3])) { Delivery = s_delivery, HostMetadata = "tcplens" };
                await using (var agent = ActiveAgent.Start(settings, new CountingItems(), buffer, PlainTransport.Instance, TimeProvider.System, log))
                    await UntilEndOfInput(() => $"{agent.Status}");
                return 0;
            case "push":
                var push = new PusherSettings(arguments[2], Servers(arguments[3]), [arguments[4]], TimeSpan.FromSeconds(1)) { Delivery = s_delivery };
                await using (var pusher = ValuePusher.Start(push, new CountingItems(), buffer, PlainTransport.Instance, TimeProvider.System, log))
                    await UntilEndOfInput(() => $"{pusher.Status}");
                return 0;
            default:
                return 2;
        }
    }

    private static readonly DeliverySettings s_delivery = new() { Gathering = TimeSpan.FromMilliseconds(20), FirstPause = TimeSpan.FromMilliseconds(100), LongestPause = TimeSpan.FromSeconds(1) };

    private static ServerCluster Servers(string text) =>
        ServerCluster.TryParseList(text, out var clusters, out string? fault) ? clusters[0] : throw new InvalidOperationException(fault);

    private static void Add(BufferLane lane)
    {
        for (long number = 1; ; number++)
        {
            lane.Add(new NewValue("item", number.ToString(), true, number, 0));
            Console.WriteLine(number);
        }
    }

    // Every line of input is answered by how things stand.
    private static async Task UntilEndOfInput(Func<string> status)
    {
        while (await Console.In.ReadLineAsync() is not null)
            Console.WriteLine(status());
    }
}
