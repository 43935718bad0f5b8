using System.Collections.Immutable;
using TcpLens.Core.Text;

namespace TcpLens.Configuration;

/// <summary>Gives the entries of a file to their settings, and says which have none.</summary>
internal sealed class FileSettings(TomlFile file, Func<FilePosition, SettingOrigin> originAt)
{
    private readonly Dictionary<string, int> _headings = new(StringComparer.Ordinal);
    private readonly Dictionary<SettingDefinition, int> _set = [];
    private readonly List<(FilePosition At, Phrase Message)> _wrong = [];

    /// <summary>What is wrong, in no order.</summary>
    public IReadOnlyList<(FilePosition At, Phrase Message)> Wrong => _wrong;

    /// <summary>Sets what the file sets; where each value stands is noted in <paramref name="origins"/>.</summary>
    public Settings Apply(Settings settings, ImmutableDictionary<SettingDefinition, SettingOrigin>.Builder origins)
    {
        // Below a heading that is none of ours everything would be wrong; that is said once.
        bool isOurs = true;
        foreach (var entry in file.Entries)
        {
            if (entry.Value is not { } value)
            {
                isOurs = IsSection(entry);
                continue;
            }

            if (!isOurs || Find(entry) is not { } setting)
                continue;
            if (!_set.TryAdd(setting, entry.At.Line))
                _wrong.Add((entry.At, ConfigurationMessages.SettingTwice(setting.Name, _set[setting])));
            else if (setting.TryApply(value, settings, out settings, out var problem))
                origins[setting] = originAt(entry.At);
            else
                _wrong.Add((entry.ValueAt, problem));
        }

        return settings;
    }

    private bool IsSection(FileEntry heading)
    {
        string name = string.Join('.', heading.Path);
        bool isKnown = SettingTable.SectionNames.Contains(name, StringComparer.Ordinal);
        if (!isKnown)
            _wrong.Add((heading.At, ConfigurationMessages.UnknownSection(name)));
        else if (heading.IsList)
            _wrong.Add((heading.At, ConfigurationMessages.SectionAsList(name)));
        else if (!_headings.TryAdd(name, heading.At.Line))
            _wrong.Add((heading.At, ConfigurationMessages.SectionTwice(name, _headings[name])));
        return isKnown;
    }

    private SettingDefinition? Find(FileEntry entry)
    {
        string first = entry.Path[0];
        var section = SettingTable.Sections.FirstOrDefault(one => one.Name == first);
        if (entry.Path.Length == 1)
        {
            _wrong.Add((entry.At, section is null ? ConfigurationMessages.NoSection(first) : ConfigurationMessages.SectionAsValue(first)));
            return null;
        }

        if (section is null)
        {
            _wrong.Add((entry.At, ConfigurationMessages.UnknownSection(first)));
            return null;
        }

        string key = string.Join('.', entry.Path.Skip(1));
        var setting = section.Settings.FirstOrDefault(one => one.Key == key);
        if (setting is null)
            _wrong.Add((entry.At, ConfigurationMessages.UnknownKey(section, key)));
        return setting;
    }
}
