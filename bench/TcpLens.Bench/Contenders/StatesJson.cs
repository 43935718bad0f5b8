using System.Text.Json;
using TcpLens.Core.Model;

namespace TcpLens.Bench.Contenders;

/// <summary>The JSON that <c>tcplens states --json</c> and the C reader share: a <c>states</c> object by lower-case Linux name.</summary>
public static class StatesJson
{
    public static Tally Tally(JsonElement root)
    {
        var tally = new Tally();
        foreach (var state in root.GetProperty("states").EnumerateObject())
        {
            // A source that cannot see a state says null; it then counts as not seen, which is 0 here.
            if (TcpStates.TryParse(state.Name, out var info) && state.Value.ValueKind == JsonValueKind.Object)
                tally.Add(info.State, Number(state.Value, "ipv4"), Number(state.Value, "ipv6"));
        }

        return tally;
    }

    private static long Number(JsonElement state, string name) =>
        state.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : 0;
}
