using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using TcpLens.Core.Text;

namespace TcpLens.Configuration;

/// <summary>What values a setting may have: how they are read, what is allowed, and how they are written.</summary>
internal abstract class SettingType<T>
{
    /// <summary>What is allowed, behind "expected" in a message and by itself in the reference.</summary>
    public abstract Phrase Expected { get; }

    /// <summary>The names it may have, where they can be listed.</summary>
    public virtual ImmutableArray<string> Names => [];

    public abstract bool TryRead(RawValue raw, [MaybeNullWhen(false)] out T value);

    /// <summary>The part of a refused value that is wrong, for the message.</summary>
    public virtual RawValue Culprit(RawValue raw) => raw;

    /// <summary>What was probably meant by a refused value, as it is written in the file.</summary>
    public virtual string? Meant(RawValue raw) => null;

    /// <summary>The value as it is written in the file.</summary>
    public abstract string ToToml(T value);

    /// <summary>The same as people and logs may see it: without what may be a secret.</summary>
    public virtual string Shown(T value) => ToToml(value);

    /// <summary>The value for programs, as people may see it.</summary>
    public abstract void WriteJson(Utf8JsonWriter json, T value);

    /// <summary>A text between quotation marks, with the escapes of TOML.</summary>
    protected static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char character in text)
        {
            if (character is '"' or '\\')
                quoted.Append('\\').Append(character);
            else if (char.IsControl(character))
                quoted.Append($"\\u{(int)character:X4}");
            else
                quoted.Append(character);
        }

        return quoted.Append('"').ToString();
    }
}
