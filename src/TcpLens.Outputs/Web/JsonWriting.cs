using System.Text.Json;
using TcpLens.Core.Text;

namespace TcpLens.Outputs.Web;

/// <summary>The forms in which the API writes what JSON has no form for. What is not known is <c>null</c>.</summary>
internal static class JsonWriting
{
    /// <summary>Digits behind the point: a rate or a percentage needs no more.</summary>
    private const int Digits = 4;

    public static string ToText(this DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ");

    public static void WriteTime(this Utf8JsonWriter json, string name, DateTimeOffset? time) => json.WriteString(name, time?.ToText());

    /// <summary>Both languages: <c>{"en": "...", "zh": "..."}</c>.</summary>
    public static void WriteText(this Utf8JsonWriter json, string name, Phrase? text)
    {
        json.WritePropertyName(name);
        json.WriteTextValue(text);
    }

    public static void WriteTextValue(this Utf8JsonWriter json, Phrase? text)
    {
        if (text is not { } known)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteString("en", known.English);
        json.WriteString("zh", known.Chinese);
        json.WriteEndObject();
    }

    public static void WriteNumber(this Utf8JsonWriter json, string name, double? value)
    {
        json.WritePropertyName(name);
        json.WriteNumberValue(value);
    }

    public static void WriteNumber(this Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } known)
            json.WriteNumber(name, known);
        else
            json.WriteNull(name);
    }

    public static void WriteNumberValue(this Utf8JsonWriter json, double? value)
    {
        if (value is { } known && double.IsFinite(known))
            json.WriteNumberValue(Math.Round(known, Digits));
        else
            json.WriteNullValue();
    }

    public static void WriteMilliseconds(this Utf8JsonWriter json, string name, TimeSpan time) => json.WriteNumber(name, Math.Round(time.TotalMilliseconds, 3));

    public static void WriteStrings(this Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
