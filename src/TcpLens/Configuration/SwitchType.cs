using System.Text.Json;
using TcpLens.Core.Text;

namespace TcpLens.Configuration;

/// <summary>true or false.</summary>
internal sealed class SwitchType : SettingType<bool>
{
    private static readonly string[] s_yes = ["true", "yes", "on", "1"];
    private static readonly string[] s_no = ["false", "no", "off", "0"];

    public override Phrase Expected { get; } = new("true or false", "true 或 false");

    public override bool TryRead(RawValue raw, out bool value)
    {
        value = raw.Text == "true";
        return raw.Kind is RawKind.Switch or RawKind.Word && raw.Text is "true" or "false";
    }

    public override string? Meant(RawValue raw) =>
        s_yes.Contains(raw.Text, StringComparer.OrdinalIgnoreCase) ? "true" : s_no.Contains(raw.Text, StringComparer.OrdinalIgnoreCase) ? "false" : null;

    public override string ToToml(bool value) => value ? "true" : "false";

    public override void WriteJson(Utf8JsonWriter json, bool value) => json.WriteBooleanValue(value);
}
