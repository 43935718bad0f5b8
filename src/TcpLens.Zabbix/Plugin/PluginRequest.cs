using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace TcpLens.Zabbix.Plugin;

/// <summary>What the agent sends to a plugin.</summary>
public sealed record PluginRequest
{
    /// <summary>The answer bears the same number.</summary>
    public required uint Id { get; init; }

    /// <summary>One of <see cref="PluginMessageType"/>, or one that is not known yet.</summary>
    public required PluginMessageType Type { get; init; }

    /// <summary>The name of the key that is asked for.</summary>
    public string Key { get; init; } = "";

    /// <summary>Its parameters, without quotes.</summary>
    public ImmutableArray<string> Parameters { get; init; } = [];

    /// <summary>How long the agent waits for the value; <see langword="null"/>: it does not say (6.0).</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The options of the plugin.</summary>
    public ImmutableArray<PluginOption> Options { get; init; } = [];

    /// <summary>Reads a message. Fields that are not known are passed over.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> json, [NotNullWhen(true)] out PluginRequest? request)
    {
        request = null;
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Number(root, "id") is not { } id || Number(root, "type") is not { } type)
                return false;
            request = new PluginRequest
            {
                Id = id,
                Type = (PluginMessageType)type,
                Key = Text(root, "key") ?? "",
                Parameters = root.TryGetProperty("parameters", out var parameters) ? Texts(parameters) : [],
                Timeout = Number(root, "timeout") is { } seconds and > 0 ? TimeSpan.FromSeconds(seconds) : null,
                Options = root.TryGetProperty("private_options", out var options) ? PluginOption.Of(options) : [],
            };
            return true;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            // The text of a string may be no UTF-16 (a lone surrogate): that is said by the second kind.
            return false;
        }
    }

    private static uint? Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetUInt32(out uint number) ? number : null;

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static ImmutableArray<string> Texts(JsonElement list) => list.ValueKind != JsonValueKind.Array
        ? []
        : [.. list.EnumerateArray().Select(one => one.ValueKind == JsonValueKind.String ? one.GetString()! : one.GetRawText())];
}
