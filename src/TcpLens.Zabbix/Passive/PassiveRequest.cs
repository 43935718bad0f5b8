using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace TcpLens.Zabbix.Passive;

/// <summary>
/// What a server asks of an agent: a key alone (up to Zabbix 6.4), or JSON with keys and timeouts (7.0 and newer). Every message is one of
/// both, so nothing is refused here; what cannot be answered carries a problem that is the answer. Wherever the two agents of 7.0 differ, this
/// one speaks as the classic one does, save that a missing timeout is no error, and that all keys are answered, not the first alone.
/// </summary>
/// <param name="IsJson">Whether the answer is JSON as well.</param>
/// <param name="Checks">The keys; one when it is no JSON, none with a problem.</param>
/// <param name="Problem">Why the request as a whole cannot be answered.</param>
public sealed record PassiveRequest(bool IsJson, ImmutableArray<PassiveCheck> Checks, string? Problem)
{
    /// <summary>Servers ask for one key at a time; this keeps a request from being hours of work.</summary>
    public const int ChecksMaximum = 100;

    /// <summary>The longest timeout that a server can set.</summary>
    public static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(10);

    private const string UnsupportedTimeout = "Unsupported timeout value.";

    /// <summary>Reads the data of one packet.</summary>
    public static PassiveRequest Parse(ReadOnlySpan<byte> data)
    {
        data = data.TrimEnd("\r\n"u8);
        if (!data.TrimStart(" \t\r\n"u8).StartsWith("{"u8))
            return Plain(data);
        try
        {
            var reader = new Utf8JsonReader(data);
            using var document = JsonDocument.ParseValue(ref reader);
            // Throws when more follows.
            _ = reader.Read();
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            // What does not hold together as JSON is a key to the agents; there is none of that form.
            return Plain(data);
        }
        catch (InvalidOperationException)
        {
            // Strings are decoded when they are looked at.
            return Failed("the received JSON object is not valid UTF-8");
        }
    }

    private static PassiveRequest Plain(ReadOnlySpan<byte> data) => new(IsJson: false, [new PassiveCheck(Encoding.UTF8.GetString(data), Timeout: null)], Problem: null);

    private static PassiveRequest Failed(string problem) => new(IsJson: true, [], problem);

    private static PassiveRequest Missing(string name, string kind = "object") =>
        Failed($"cannot find the \"{name}\" {kind} in the received JSON object: cannot find pair with name \"{name}\"");

    private static PassiveRequest Read(JsonElement root)
    {
        if (!root.TryGetProperty("request"u8, out var request))
            return Missing("request");
        string name = TextOf(request);
        if (name != "passive checks")
            return Failed($"unknown request \"{(name.Length <= 64 ? name : name[..64] + "...")}\"");
        if (!root.TryGetProperty("data"u8, out var data))
            return Missing("data", "array");
        if (data.ValueKind != JsonValueKind.Array || data.GetArrayLength() == 0)
            return Failed("received empty \"data\" tag");
        if (data.GetArrayLength() > ChecksMaximum)
            return Failed($"received {data.GetArrayLength()} keys, at most {ChecksMaximum} are answered at once");
        var checks = ImmutableArray.CreateBuilder<PassiveCheck>(data.GetArrayLength());
        foreach (var entry in data.EnumerateArray())
        {
            if (entry.ValueKind != JsonValueKind.Object)
                return Failed("cannot open JSON object or array in \"data\"");
            if (!entry.TryGetProperty("key"u8, out var key))
                return Missing("key");
            checks.Add(ReadCheck(TextOf(key), entry));
        }

        return new PassiveRequest(IsJson: true, checks.MoveToImmutable(), Problem: null);
    }

    private static PassiveCheck ReadCheck(string key, JsonElement entry)
    {
        if (!entry.TryGetProperty("timeout"u8, out var timeout))
            return new PassiveCheck(key, Timeout: null);
        return TryParseTimeout(TextOf(timeout), out var time) ? new PassiveCheck(key, time) : new PassiveCheck(key, Timeout: null, UnsupportedTimeout);
    }

    /// <summary>A string, or a number as it is written: servers send timeouts in both forms.</summary>
    private static string TextOf(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText();

    private static bool TryParseTimeout(ReadOnlySpan<char> text, out TimeSpan time)
    {
        time = default;
        int unit = text.IsEmpty ? 0 : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86_400, 'w' => 604_800, _ => 0 };
        if (!int.TryParse(unit == 0 ? text : text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out int count))
            return false;
        long seconds = (long)count * Math.Max(unit, 1);
        if (seconds < 1 || seconds > LongestTimeout.TotalSeconds)
            return false;
        time = TimeSpan.FromSeconds(seconds);
        return true;
    }
}
