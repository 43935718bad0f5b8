using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TcpLens.Configuration;

/// <summary>The settings in force for programs: values by section, and beside them where each comes from.</summary>
internal static class EffectiveJson
{
    private static readonly JsonWriterOptions s_options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(LoadedSettings loaded, IBufferWriter<byte> output)
    {
        using (var json = new Utf8JsonWriter(output, s_options))
        {
            json.WriteStartObject();
            json.WriteString("file", loaded.File);
            json.WriteStartObject("settings");
            foreach (var section in SettingTable.Sections)
            {
                json.WriteStartObject(section.Name);
                foreach (var setting in section.Settings)
                    Write(json, setting, loaded);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    private static void Write(Utf8JsonWriter json, SettingDefinition setting, LoadedSettings loaded)
    {
        var origin = loaded.OriginOf(setting);
        json.WriteStartObject(setting.Key);
        json.WritePropertyName("value");
        setting.WriteJson(json, loaded.Settings);
        json.WriteString("from", origin.Kind switch
        {
            OriginKind.Default => "default",
            OriginKind.File => "file",
            OriginKind.Environment => "environment",
            _ => "option",
        });
        if (origin.Name.Length > 0)
            json.WriteString("name", origin.Name);
        if (origin.Line > 0)
            json.WriteNumber("line", origin.Line);
        json.WriteEndObject();
    }
}
