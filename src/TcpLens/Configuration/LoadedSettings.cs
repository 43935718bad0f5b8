using System.Collections.Immutable;

namespace TcpLens.Configuration;

/// <summary>The settings in force, and where each comes from.</summary>
/// <param name="Settings">All values.</param>
/// <param name="File">The file that was read; <see langword="null"/> when there is none.</param>
/// <param name="Origins">Where each setting comes from.</param>
internal sealed record LoadedSettings(Settings Settings, string? File, ImmutableDictionary<SettingDefinition, SettingOrigin> Origins)
{
    public SettingOrigin OriginOf(SettingDefinition setting) => Origins.GetValueOrDefault(setting, SettingOrigin.Default);
}
