using System.Collections.Immutable;

namespace TcpLens.Configuration;

/// <summary>Puts the settings together out of file, environment and options, and gathers everything that is wrong.</summary>
internal sealed class SettingsLoader
{
    private readonly ImmutableDictionary<SettingDefinition, SettingOrigin>.Builder _origins = ImmutableDictionary.CreateBuilder<SettingDefinition, SettingOrigin>();
    private Settings _settings = new();
    private string? _file;

    public SettingProblems Problems { get; } = new();

    /// <summary>Reads a file, where nothing is wrong with its absence if it may be absent.</summary>
    public void ReadFile(string path, bool mayBeAbsent)
    {
        if (ConfigurationFile.TryRead(path, out byte[]? content, out var problem, out bool isMissing))
            Take(content, path);
        else if (!isMissing || !mayBeAbsent)
            Problems.Add(new SettingOrigin(OriginKind.File, path.Length == 0 ? "''" : RawValue.Printable(path)), problem);
    }

    /// <summary>Takes the content of a file.</summary>
    public void Take(ReadOnlySpan<byte> content, string path)
    {
        _file = path;
        var file = TomlFile.Parse(content);
        var entries = new FileSettings(file, At);
        _settings = entries.Apply(_settings, _origins);
        foreach (var (at, message) in file.Problems.Select(one => (one.At, one.Message)).Concat(entries.Wrong).OrderBy(one => one.At))
            Problems.Add(At(at), message);

        SettingOrigin At(FilePosition position) => new(OriginKind.File, path, position.Line, position.Column);
    }

    public void Take(IReadOnlyDictionary<string, string> environment)
    {
        var variables = SettingTable.All.ToDictionary(setting => setting.Environment, StringComparer.Ordinal);
        foreach (var (name, value) in environment.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            var origin = new SettingOrigin(OriginKind.Environment, name);
            if (variables.TryGetValue(name, out var setting))
                Apply(setting, value, origin);
            else if (EnvironmentSettings.SectionOf(name) is { } section)
                Problems.Add(origin, ConfigurationMessages.UnknownVariable(section, name));
        }
    }

    public void Take(IReadOnlyList<SettingOverride> overrides)
    {
        foreach (var one in overrides)
            Apply(one.Setting, one.Value, new SettingOrigin(OriginKind.Flag, one.Option));
    }

    /// <summary>The settings, when nothing is wrong with each and with all together.</summary>
    public LoadedSettings? Finish()
    {
        var loaded = new LoadedSettings(_settings, _file, _origins.ToImmutable());
        if (Problems.Count == 0)
            SettingRules.Check(loaded, Problems);
        return Problems.Count == 0 ? loaded : null;
    }

    private void Apply(SettingDefinition setting, string value, SettingOrigin origin)
    {
        if (setting.TryApply(RawValue.Word(value), _settings, out var applied, out var problem))
        {
            _settings = applied;
            _origins[setting] = origin;
        }
        else
        {
            Problems.Add(origin, problem);
        }
    }
}
