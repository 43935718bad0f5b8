using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using TcpLens.Outputs.Zabbix.Template;
using Xunit;

namespace TcpLens.ZabbixTests.Conditions;

/// <summary>
/// A host of the trapper template, to which real readings are sent in which two numbers have been changed: the only way to see triggers whose
/// condition no test must make. It shows that their expressions work on the server, not that the kernel tells these numbers.
/// </summary>
internal sealed class SentReadings
{
    private const string Host = "sent-readings";

    private readonly ZabbixServer _server;
    private readonly JsonNode _reading;
    private readonly string _hostId;

    public SentReadings(ZabbixServer server)
    {
        _server = server;
        _reading = JsonNode.Parse(server.RunAsAgent("tcplens", "zabbix", "get", "tcplens.states"))!;
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, server.RunAsAgent("tcplens", "zabbix", "template", "--via", "trapper", "--for", server.Version, "--lang", "en"));
            server.Provision(server.Token, "--template", file, "--host", Host, "--interface", "127.0.0.1:1", "--apply").Good();
        }
        finally
        {
            File.Delete(file);
        }

        _hostId = server.Api("host.get", $$"""{"output":["hostid"],"filter":{"host":"{{Host}}"} }""")[0].GetProperty("hostid").GetString()!;
        server.Api("usermacro.create", $$$"""{"hostid":"{{{_hostId}}}","macro":"{$TCPLENS.PERIOD}","value":"3s"}""");
        server.ReloadConfiguration();
    }

    /// <summary>Sends readings with these per cent until exactly these triggers have open problems, and have values to judge by.</summary>
    public void AwaitProblems(string[] triggers, double orphans, double memory)
    {
        string[] open = [];
        Assert.True(
            Trial.Await(() =>
            {
                Send(orphans, memory);
                open = Open();
                return open.SequenceEqual(triggers, StringComparer.Ordinal) && HasValues(orphans);
            }),
            $"instead of {string.Join(", ", triggers)}: {string.Join(", ", open)}");
    }

    private void Send(double orphans, double memory)
    {
        _reading["usage"]!["orphans"] = orphans;
        _reading["usage"]!["memory"] = memory;
        var value = new JsonObject { ["host"] = Host, ["key"] = "tcplens.states", ["value"] = _reading.ToJsonString() };
        byte[] data = Encoding.UTF8.GetBytes(new JsonObject { ["request"] = "sender data", ["data"] = new JsonArray(value) }.ToJsonString());
        // Zabbix manual, "Header": the protocol's name, its flags, the length of the data.
        byte[] header = [.. "ZBXD\u0001"u8, 0, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(5), data.Length);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(new IPEndPoint(IPAddress.Loopback, _server.TrapperPort));
        socket.Send([.. header, .. data]);
        byte[] answer = new byte[1024];
        int length = socket.Receive(answer);
        Assert.StartsWith("ZBXD", Encoding.UTF8.GetString(answer, 0, length));
    }

    private string[] Open() => [.. _server.Api("trigger.get", $$"""{"output":["description"],"hostids":["{{_hostId}}"],"filter":{"value":1} }""").EnumerateArray()
        .Select(trigger => TemplateTriggers.Host.First(known => known.Name.English == trigger.GetProperty("description").GetString()).Id)
        .Order(StringComparer.Ordinal)];

    private bool HasValues(double orphans) => _server.Api("item.get", $$"""{"output":["lastvalue"],"hostids":["{{_hostId}}"],"filter":{"key_":"tcplens.used[orphans]"} }""")
        .EnumerateArray().All(item => item.GetProperty("lastvalue").GetString() is { } text && double.TryParse(text, out double last) && Math.Abs(last - orphans) < 0.001);
}
