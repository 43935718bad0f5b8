using System.Text.Json;
using Xunit;

namespace TcpLens.UnitTests.Web;

/// <summary>Holds a JSON value against a schema of the OpenAPI document: the part of JSON Schema that the document uses.</summary>
internal static class SchemaCheck
{
    public static void Holds(JsonElement document, JsonElement schema, JsonElement value, string where)
    {
        if (schema.TryGetProperty("anyOf", out var choices))
        {
            if (value.ValueKind != JsonValueKind.Null)
                Holds(document, choices[0], value, where);
            else
                Assert.Contains(choices.EnumerateArray(), choice => choice.TryGetProperty("type", out var type) && type.GetString() == "null");
        }
        else if (schema.TryGetProperty("$ref", out var reference))
        {
            var target = document;
            foreach (string part in reference.GetString()!.Split('/').Skip(1))
                target = target.GetProperty(part);
            Holds(document, target, value, where);
        }
        else
        {
            HoldsType(document, schema, value, where);
        }
    }

    private static void HoldsType(JsonElement document, JsonElement schema, JsonElement value, string where)
    {
        var type = schema.GetProperty("type");
        string[] types = type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(one => one.GetString()!)] : [type.GetString()!];
        string actual = value.ValueKind switch
        {
            JsonValueKind.Null => "null",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            JsonValueKind.Number => types.Contains("integer", StringComparer.Ordinal) && value.TryGetInt64(out _) ? "integer" : "number",
            _ => value.ValueKind.ToString().ToLowerInvariant(),
        };
        Assert.True(types.Contains(actual, StringComparer.Ordinal), $"{where}: {actual} instead of {string.Join(" or ", types)}");
        if (actual == "string" && schema.TryGetProperty("enum", out var words))
            Assert.Contains(words.EnumerateArray(), word => word.GetString() == value.GetString());
        if (actual == "array")
        {
            int place = 0;
            foreach (var item in value.EnumerateArray())
                Holds(document, schema.GetProperty("items"), item, $"{where}[{place++}]");
        }
        else if (actual == "object")
        {
            HoldsMembers(document, schema, value, where);
        }
    }

    private static void HoldsMembers(JsonElement document, JsonElement schema, JsonElement value, string where)
    {
        bool isClosed = schema.TryGetProperty("properties", out var properties);
        foreach (var required in schema.TryGetProperty("required", out var names) ? names.EnumerateArray().ToArray() : [])
            Assert.True(value.TryGetProperty(required.GetString()!, out _), $"{where}: no {required}");
        foreach (var member in value.EnumerateObject())
        {
            string place = $"{where}.{member.Name}";
            if (isClosed && properties.TryGetProperty(member.Name, out var known))
                Holds(document, known, member.Value, place);
            else if (schema.TryGetProperty("additionalProperties", out var any))
                Holds(document, any, member.Value, place);
            else
                Assert.False(isClosed, $"{place} is not documented");
        }
    }
}
