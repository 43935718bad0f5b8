using System.Text.Json;
using TcpLens.Core.Owners;

namespace TcpLens.Outputs.Json;

/// <summary>The owner of a socket, and how long the socket has been in its state, as members of its object.</summary>
internal static class OwnerJson
{
    public static void Write(Utf8JsonWriter json, in OwnerSighting sighting)
    {
        WriteNumber(json, "state_seconds", sighting.Seconds);
        if (sighting.Owner is not { } owner)
        {
            json.WriteNull("owner");
            return;
        }

        json.WriteStartObject("owner");
        json.WriteString("service", owner.Service);
        json.WriteString("kind", owner.Kind);
        json.WriteString("process", owner.Process);
        WriteNumber(json, "pid", owner.ProcessId);
        json.WriteString("command", owner.CommandLine);
        json.WriteString("unit", owner.Unit);
        json.WriteString("container", owner.ContainerText);
        json.WriteString("pod", owner.Container?.Pod);
        json.WriteString("user", owner.User);
        json.WriteString("certainty", sighting.Certainty.ToString().ToLowerInvariant());
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, int? number)
    {
        if (number is { } known)
            json.WriteNumber(name, known);
        else
            json.WriteNull(name);
    }
}
