using System.Buffers;
using System.Text.Json;
using TcpLens.Core.Grouping;
using TcpLens.Core.Model;

namespace TcpLens.Outputs.Json;

/// <summary>Sockets counted by what they have in common: one JSON document, or its parts for other documents.</summary>
public static class GroupsJson
{
    /// <summary>The document of <c>tcplens by --json</c>.</summary>
    public static void Write(GroupReading reading, IBufferWriter<byte> output)
    {
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("filter", reading.Filter);
            json.WriteString("by", reading.By.Name);
            json.WriteNumber("matched", reading.Groups.Matched);
            WriteGroups(json, reading);
            json.WriteStartObject("unknown");
            json.WriteNumber("total", reading.Gap.Total);
            json.WriteString("reason", reading.Gap.Reason?.English);
            json.WriteEndObject();
            json.WriteString("completeness", reading.Worst.Completeness.ToString().ToLowerInvariant());
            json.WriteString("completeness_reason", reading.Worst.Reason?.English);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    /// <summary>The members <c>groups</c> and <c>other</c>.</summary>
    public static void WriteGroups(Utf8JsonWriter json, GroupReading reading)
    {
        json.WriteStartArray("groups");
        foreach (var group in reading.Groups.Largest(reading.Most))
            WriteGroup(json, reading.By, group);
        json.WriteEndArray();
        json.WriteStartObject("other");
        json.WriteNumber("groups", reading.OtherGroups);
        json.WriteNumber("total", reading.OtherTotal);
        // There were more groups than are told apart: their number is not known.
        json.WriteBoolean("is_at_least", reading.IsOtherAtLeast);
        json.WriteEndObject();
    }

    private static void WriteGroup(Utf8JsonWriter json, GroupBy by, in SocketGroup group)
    {
        json.WriteStartObject();
        json.WriteString("key", group.Key);
        json.WriteString("filter", by.FilterOf(group.Key));
        json.WriteNumber("total", group.Total);
        json.WriteStartObject("states");
        foreach (var info in TcpStates.All)
        {
            if (group[info.State] is > 0 and var count)
                json.WriteNumber(info.Name, count);
        }

        json.WriteEndObject();
        if (by.NeedsOwner)
            WriteOwner(json, by, group);
        json.WriteEndObject();
    }

    private static void WriteOwner(Utf8JsonWriter json, GroupBy by, in SocketGroup group)
    {
        json.WriteString("detail", by.DetailOf(group.Owner!));
        json.WriteString("certainty", group.Certainty);
        json.WriteStartObject("oldest_seconds");
        foreach (var info in TcpStates.All)
        {
            if (group[info.State] == 0)
                continue;
            if (group.OldestSeconds(info.State) is { } seconds)
                json.WriteNumber(info.Name, seconds);
            else
                json.WriteNull(info.Name);
        }

        json.WriteEndObject();
    }
}
