using System.Text.Json;

namespace TcpLens.Configuration;

/// <summary>Values that are written as text.</summary>
internal abstract class TextType<T> : SettingType<T>
{
    public abstract string ToText(T value);

    /// <summary>The texts of a list that is written as one, in an environment variable or an option: between commas.</summary>
    public virtual IEnumerable<string> Split(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The text as people and logs may see it.</summary>
    public virtual string ToShownText(T value) => ToText(value);

    public sealed override string Shown(T value) => Quoted(ToShownText(value));

    public sealed override string ToToml(T value) => Quoted(ToText(value));

    public sealed override void WriteJson(Utf8JsonWriter json, T value) => json.WriteStringValue(ToShownText(value));
}
