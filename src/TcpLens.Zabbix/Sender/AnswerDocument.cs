using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace TcpLens.Zabbix.Sender;

/// <summary>Reads the JSON of servers without ever throwing: numbers may be strings and strings numbers, as in Zabbix itself.</summary>
internal static class AnswerDocument
{
    /// <summary>The object that the answer is; nothing may follow it.</summary>
    public static bool TryParse(ReadOnlySpan<byte> data, [NotNullWhen(true)] out JsonDocument? document)
    {
        document = null;
        try
        {
            ReadNames(data);
            var reader = new Utf8JsonReader(data);
            if (!JsonDocument.TryParseValue(ref reader, out document))
                return false;
            if (document.RootElement.ValueKind == JsonValueKind.Object && !reader.Read())
                return true;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // What is no JSON is no answer; the caller says so.
        }

        document?.Dispose();
        document = null;
        return false;
    }

    public static string? Text(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var value))
            return null;
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that are no UTF-8.
            return null;
        }
    }

    public static bool TryNumber(JsonElement element, string name, out ulong number)
    {
        number = 0;
        return Text(element, name) is { } text && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    // A name of half a surrogate pair would break every later look for another name.
    private static void ReadNames(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data);
        while (reader.Read())
        {
            if (reader is { TokenType: JsonTokenType.PropertyName, ValueIsEscaped: true })
                _ = reader.GetString();
        }
    }
}
