using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TcpLens.Zabbix.Passive;

/// <summary>What an agent answers to a <see cref="PassiveRequest"/>, as the data of a packet.</summary>
public static class PassiveReply
{
    // Nothing here lands in a page of HTML; agents send text as it is.
    private static readonly JsonWriterOptions s_form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The answer to a key alone: the value, or <c>ZBX_NOTSUPPORTED</c>, NUL and the reason.</summary>
    public static byte[] Plain(AgentAnswer answer) => Encoding.UTF8.GetBytes(answer.PlainText);

    /// <summary>The answer to JSON: a value or an error for each key, in the order of the request.</summary>
    /// <param name="version">The version of Zabbix that the agent speaks like.</param>
    /// <param name="variant">1: the classic agent; 2: agent 2.</param>
    /// <param name="answers">One for each key.</param>
    public static byte[] Json(string version, int variant, IEnumerable<AgentAnswer> answers) => Write(version, variant, json =>
    {
        json.WriteStartArray("data"u8);
        foreach (var answer in answers)
        {
            json.WriteStartObject();
            json.WriteString(answer.IsSupported ? "value"u8 : "error"u8, answer.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>The answer to JSON that cannot be answered as a whole.</summary>
    public static byte[] JsonFailure(string version, int variant, string error) => Write(version, variant, json => json.WriteString("error"u8, error));

    private static byte[] Write(string version, int variant, Action<Utf8JsonWriter> rest)
    {
        var target = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(target, s_form))
        {
            json.WriteStartObject();
            json.WriteString("version"u8, version);
            json.WriteNumber("variant"u8, variant);
            rest(json);
            json.WriteEndObject();
        }

        return target.WrittenSpan.ToArray();
    }
}
