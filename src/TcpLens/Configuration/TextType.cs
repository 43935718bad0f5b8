using System.Text.Json;

namespace TcpLens.Configuration;

/// <summary>Values that are written as text.</summary>
internal abstract class TextType<T> : SettingType<T>
{
    public abstract string ToText(T value);

    /// <summary>The texts of a list that is written as one, in an environment variable or an option: between commas.</summary>
    public virtual IEnumerable<string> Split(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public sealed override string ToToml(T value) => Quoted(ToText(value));

    public sealed override void WriteJson(Utf8JsonWriter json, T value) => json.WriteStringValue(ToText(value));
}
