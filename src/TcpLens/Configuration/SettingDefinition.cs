using System.Collections.Immutable;
using System.Text.Json;
using TcpLens.Core.Text;

namespace TcpLens.Configuration;

/// <summary>
/// One setting, declared once: file, environment, flags, the example file, the reference and the messages are made from it.
/// </summary>
internal abstract class SettingDefinition
{
    public required string Section { get; init; }

    public required string Key { get; init; }

    /// <summary>What it does, in one sentence without a full stop.</summary>
    public required Phrase Summary { get; init; }

    /// <summary>Another value than the default, as it is written in the file.</summary>
    public required string Example { get; init; }

    public SettingFlag? Flag { get; init; }

    /// <summary>Whether a reload (SIGHUP) applies it; otherwise a restart does.</summary>
    public bool AppliesAtOnce { get; init; }

    /// <summary>Whether messages do not repeat a wrong value: a secret may have been put there by mistake.</summary>
    public bool HidesWrongValue { get; init; }

    public string Name => $"[{Section}] {Key}";

    /// <summary>The environment variable that sets it.</summary>
    public string Environment => $"{EnvironmentSettings.Prefix}{Section}_{Key}".ToUpperInvariant();

    /// <summary>What is allowed.</summary>
    public abstract Phrase Expected { get; }

    /// <summary>The names it may have, where they can be listed.</summary>
    public abstract ImmutableArray<string> Choices { get; }

    /// <summary>Whether its value is the path of a file.</summary>
    public abstract bool IsPath { get; }

    /// <summary>Reads a value and sets it, or says what is wrong with it.</summary>
    public abstract bool TryApply(RawValue raw, Settings settings, out Settings applied, out Phrase problem);

    /// <summary>Its value as it is written in the file.</summary>
    public abstract string ToToml(Settings settings);

    /// <summary>The same as people and logs may see it: without what may be a secret.</summary>
    public abstract string Shown(Settings settings);

    /// <summary>Its value for programs, as people may see it.</summary>
    public abstract void WriteJson(Utf8JsonWriter json, Settings settings);

    /// <summary>Whether both have the same value.</summary>
    public bool IsSame(Settings one, Settings other) => ToToml(one) == ToToml(other);
}
