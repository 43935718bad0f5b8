using System.Text.Json;

namespace TcpLens.ZabbixTests;

/// <summary>An item of a server with what came last.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Value">The value; <see langword="null"/> when none has come yet.</param>
/// <param name="Moment">When it came, in nanoseconds since 1970.</param>
/// <param name="Trouble">Why it is not supported; <see langword="null"/> when it is.</param>
internal sealed record LastValue(string Id, string? Value, long Moment, string? Trouble)
{
    public static LastValue Of(JsonElement item)
    {
        long moment = (long.Parse(Text("lastclock")) * 1_000_000_000) + long.Parse(Text("lastns"));
        return new LastValue(Text("itemid"), moment == 0 ? null : Text("lastvalue"), moment, Text("state") == "0" ? null : Text("error"));

        string Text(string name) => item.GetProperty(name).GetString()!;
    }
}
