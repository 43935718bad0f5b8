using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace TcpLens.Outputs.Web.Api;

/// <summary>The OpenAPI 3.1 document, made of the endpoints themselves.</summary>
internal static class OpenApiJson
{
    public static void Write(Utf8JsonWriter json, ImmutableArray<Endpoint> endpoints, string version)
    {
        json.WriteStartObject();
        json.WriteString("openapi", "3.1.0");
        json.WriteStartObject("info");
        json.WriteString("title", "TcpLens");
        json.WriteString("version", version);
        json.WriteString("description", "The TCP sockets of a host in all eleven states. What is not known is null, never 0. Texts for people come in English and Simplified Chinese.");
        json.WriteEndObject();
        WriteSecurity(json);
        json.WriteStartObject("paths");
        foreach (var endpoint in endpoints)
            WriteEndpoint(json, endpoint);
        json.WriteEndObject();
        json.WriteStartObject("components");
        json.WriteStartObject("schemas");
        json.WritePropertyName("Text");
        WriteShape(json, Shape.Object(("en", Shape.String), ("zh", Shape.String)));
        json.WritePropertyName("Error");
        WriteShape(json, Shapes.Error);
        json.WriteEndObject();
        json.WriteStartObject("securitySchemes");
        json.WriteStartObject("token");
        json.WriteString("type", "http");
        json.WriteString("scheme", "bearer");
        json.WriteEndObject();
        json.WriteStartObject("session");
        json.WriteString("type", "apiKey");
        json.WriteString("in", "cookie");
        json.WriteString("name", AccessToken.CookieName);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // The empty object: without a configured token nothing is needed.
    private static void WriteSecurity(Utf8JsonWriter json)
    {
        json.WriteStartArray("security");
        json.WriteStartObject();
        json.WriteEndObject();
        foreach (string scheme in (ReadOnlySpan<string>)["token", "session"])
        {
            json.WriteStartObject();
            json.WriteStartArray(scheme);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteEndpoint(Utf8JsonWriter json, Endpoint endpoint)
    {
        json.WriteStartObject(endpoint.Path);
        json.WriteStartObject("get");
        json.WriteString("summary", endpoint.Summary);
        if (!endpoint.Parameters.IsEmpty)
        {
            json.WriteStartArray("parameters");
            foreach (var parameter in endpoint.Parameters)
                WriteParameter(json, parameter);
            json.WriteEndArray();
        }

        json.WriteStartObject("responses");
        WriteResponse(json, 200, "The answer.", endpoint.MediaType, endpoint.Shape);
        if (!endpoint.Parameters.IsEmpty)
            WriteError(json, 400, "A parameter is wrong.");
        if (endpoint.HasItem)
            WriteError(json, 404, "There is no such thing.");
        WriteError(json, 401, "A token is configured and the request has none.");
        if (endpoint.IsBounded)
            WriteError(json, 429, "Too many questions at once: see Retry-After.");
        if (endpoint.Unavailable is { } reason)
            WriteError(json, 503, reason);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteParameter(Utf8JsonWriter json, Parameter parameter)
    {
        json.WriteStartObject();
        json.WriteString("name", parameter.Name);
        json.WriteString("in", parameter.IsInPath ? "path" : "query");
        json.WriteBoolean("required", parameter.IsInPath);
        json.WriteString("description", parameter.Description);
        json.WriteStartObject("schema");
        WriteShapeMembers(json, parameter.Shape);
        if (parameter.Range is { } range)
        {
            json.WriteNumber("minimum", range.Lowest);
            json.WriteNumber("maximum", range.Highest);
        }

        if (parameter.Standard is { Length: > 0 } standard)
        {
            if (parameter.Shape.Type == "integer")
                json.WriteNumber("default", int.Parse(standard, CultureInfo.InvariantCulture));
            else
                json.WriteString("default", standard);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteError(Utf8JsonWriter json, int status, string description)
    {
        json.WriteStartObject(status.ToString(CultureInfo.InvariantCulture));
        json.WriteString("description", description);
        json.WriteStartObject("content");
        json.WriteStartObject("application/json");
        json.WriteStartObject("schema");
        json.WriteString("$ref", "#/components/schemas/Error");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResponse(Utf8JsonWriter json, int status, string description, string mediaType, Shape? shape)
    {
        json.WriteStartObject(status.ToString(CultureInfo.InvariantCulture));
        json.WriteString("description", description);
        json.WriteStartObject("content");
        json.WriteStartObject(mediaType.Split(';')[0]);
        json.WritePropertyName("schema");
        WriteShape(json, shape ?? Shape.String);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteShape(Utf8JsonWriter json, Shape shape)
    {
        json.WriteStartObject();
        WriteShapeMembers(json, shape);
        json.WriteEndObject();
    }

    private static void WriteShapeMembers(Utf8JsonWriter json, Shape shape)
    {
        if (shape.Type == Shape.Text.Type)
            WriteText(json, shape.IsNullable);
        else
            WriteType(json, shape);
        if (shape.Format is { } format)
            json.WriteString("format", format);
        if (shape.Description is { } description)
            json.WriteString("description", description);
        if (!shape.Words.IsEmpty)
            WriteWords(json, shape);
        if (shape.Type == "array")
        {
            json.WritePropertyName("items");
            WriteShape(json, shape.Item!);
        }
        else if (shape.Item is { } value)
        {
            json.WritePropertyName("additionalProperties");
            WriteShape(json, value);
        }

        if (!shape.Members.IsEmpty)
            WriteMembers(json, shape);
    }

    private static void WriteText(Utf8JsonWriter json, bool isNullable)
    {
        if (!isNullable)
        {
            json.WriteString("$ref", "#/components/schemas/Text");
            return;
        }

        json.WriteStartArray("anyOf");
        json.WriteStartObject();
        json.WriteString("$ref", "#/components/schemas/Text");
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type", "null");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteType(Utf8JsonWriter json, Shape shape)
    {
        if (shape.IsNullable)
            json.WriteStrings("type", [shape.Type, "null"]);
        else
            json.WriteString("type", shape.Type);
    }

    private static void WriteWords(Utf8JsonWriter json, Shape shape)
    {
        json.WriteStartArray("enum");
        foreach (string word in shape.Words)
            json.WriteStringValue(word);
        if (shape.IsNullable)
            json.WriteNullValue();
        json.WriteEndArray();
    }

    private static void WriteMembers(Utf8JsonWriter json, Shape shape)
    {
        json.WriteStartObject("properties");
        foreach (var (name, member) in shape.Members.Concat(shape.Optional))
        {
            json.WritePropertyName(name);
            WriteShape(json, member);
        }

        json.WriteEndObject();
        json.WriteStrings("required", shape.Members.Select(member => member.Name));
    }
}
