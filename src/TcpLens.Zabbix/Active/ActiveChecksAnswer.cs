using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using TcpLens.Zabbix.Sender;

namespace TcpLens.Zabbix.Active;

/// <summary>What a server answers to the question which items to collect (Zabbix manual, "Passive and active agent checks").</summary>
public sealed record ActiveChecksAnswer
{
    /// <summary>Whether the server knows the host, and if not, why.</summary>
    public required ServerAnswer Common { get; init; }

    /// <summary>The items; <see langword="null"/> when they are still those of the revision that the request named.</summary>
    public required ImmutableArray<ActiveItem>? Items { get; init; }

    /// <summary>The revision of the items; <see langword="null"/> beside items when the server knows none: it is older than 6.4, and sends all of them each time.</summary>
    public required ulong? Revision { get; init; }

    /// <summary>Reads an answer; <see langword="false"/> when it is none. An item that lacks number, key or delay is left out, as agents do.</summary>
    public static bool TryParse(ReadOnlySpan<byte> data, [NotNullWhen(true)] out ActiveChecksAnswer? answer)
    {
        answer = null;
        if (!AnswerDocument.TryParse(data, out var document))
            return false;
        using (document)
        {
            var root = document.RootElement;
            if (ServerAnswer.Read(root) is not { } common)
                return false;
            answer = new ActiveChecksAnswer
            {
                Common = common,
                Items = root.TryGetProperty("data", out var items) && items.ValueKind == JsonValueKind.Array ? Read(items) : null,
                Revision = AnswerDocument.TryNumber(root, "config_revision", out ulong revision) ? revision : null,
            };
            return true;
        }
    }

    private static ImmutableArray<ActiveItem> Read(JsonElement items)
    {
        var found = new Dictionary<ulong, ActiveItem>();
        foreach (var item in items.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object || !AnswerDocument.TryNumber(item, "itemid", out ulong id))
                continue;
            if (AnswerDocument.Text(item, "key") is { Length: > 0 } key && AnswerDocument.Text(item, "delay") is { Length: > 0 } delay)
                found[id] = new ActiveItem(id, key, delay, TimeoutOf(item));
        }

        return [.. found.Values];
    }

    private static TimeSpan? TimeoutOf(JsonElement item) =>
        UpdateInterval.TryParseSeconds(AnswerDocument.Text(item, "timeout"), out int seconds) && seconds > 0 ? TimeSpan.FromSeconds(seconds) : null;
}
