using System.Text.Json;
using TcpLens.Zabbix.Passive;
using TcpLens.Zabbix.Transport;
using TcpLens.Zabbix.Wire;

namespace TcpLens.Fuzz;

/// <summary>The parsers that strangers reach over the Zabbix wire.</summary>
internal static class ZabbixTargets
{
    private const int BytesMaximum = 32 * 1024;

    /// <summary>A connection that sends the input and closes. What was taken must come back when it is sent again.</summary>
    public static unsafe void ZabbixPacket(ReadOnlySpan<byte> data)
    {
        fixed (byte* start = data)
        {
            using Stream wire = data.IsEmpty ? Stream.Null : new UnmanagedMemoryStream(start, data.Length);
            byte[] taken;
            try
            {
                taken = Read(wire);
            }
            catch (PacketException fault)
            {
                Demand(fault.Message.Length > 0, "a refusal without a reason");
                Demand(fault.Fault == PacketFault.Nothing == data.IsEmpty, "nothing was taken for something, or the reverse");
                return;
            }

            Demand(taken.Length <= BytesMaximum, "more than the limit");
            Demand(wire.Position >= 13, "a packet without a header");
            Demand(Read(new MemoryStream(Packet.ToBytes(taken, isCompressed: false))).AsSpan().SequenceEqual(taken), "what was sent is not what arrives");
        }
    }

    /// <summary>What it takes to know more is more than there is, and no part of a hello is one.</summary>
    public static void ClientHello(ReadOnlySpan<byte> data)
    {
        bool isHello = ClientOffer.TryParse(data, out _, out int bytesNeeded);
        Demand(isHello ? bytesNeeded == 0 : bytesNeeded == 0 || bytesNeeded > data.Length, "it waits for what has come");
        if (!isHello)
            return;
        int length = 9 + ((data[6] << 16) | (data[7] << 8) | data[8]);
        Demand(length <= data.Length, "a hello that has not come whole");
        Demand(!ClientOffer.TryParse(data[..(length - 1)], out _, out int rest) && rest == length, "a part of a hello is taken for one, or for none");
    }

    /// <summary>Every request has an answer, and the answer to JSON is JSON.</summary>
    public static void Request(ReadOnlySpan<byte> data)
    {
        var request = PassiveRequest.Parse(data);
        Demand(request.Checks.IsEmpty == request.Problem is not null, "a request of nothing without a problem, or with one and keys");
        Demand(request.IsJson || request.Checks.Length == 1, "a key alone is not one key");
        Demand(request.Checks.Length <= PassiveRequest.ChecksMaximum, "more keys than the limit");
        Demand(request.Checks.All(check => check.Timeout is not { } time || (time >= TimeSpan.FromSeconds(1) && time <= PassiveRequest.LongestTimeout)), "a timeout beyond the limits");
        if (!request.IsJson)
        {
            _ = PassiveReply.Plain(AgentAnswer(request.Checks[0]));
            return;
        }

        byte[] reply = request.Problem is { } problem ? PassiveReply.JsonFailure("7.0.0", 1, problem) : PassiveReply.Json("7.0.0", 1, request.Checks.Select(AgentAnswer));
        using var document = JsonDocument.Parse(reply);
        Demand(request.Problem is not null || document.RootElement.GetProperty("data").GetArrayLength() == request.Checks.Length, "an answer for each key");
    }

    private static Zabbix.AgentAnswer AgentAnswer(PassiveCheck check) => check.Problem is { } problem ? Zabbix.AgentAnswer.NotSupported(problem) : Zabbix.AgentAnswer.Value(check.Key);

    // A stream in memory never waits: the task is done when it is returned.
    private static byte[] Read(Stream wire) => Packet.ReadAsync(wire, BytesMaximum, CancellationToken.None).AsTask().GetAwaiter().GetResult();

    private static void Demand(bool condition, string otherwise)
    {
        if (!condition)
            throw new InvalidOperationException(otherwise);
    }
}
