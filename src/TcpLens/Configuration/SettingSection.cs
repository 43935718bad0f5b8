using System.Collections.Immutable;
using TcpLens.Core.Text;

namespace TcpLens.Configuration;

/// <summary>A section of the configuration file.</summary>
internal sealed record SettingSection(string Name, Phrase Summary, ImmutableArray<SettingDefinition> Settings)
{
    public ImmutableArray<string> Keys { get; } = [.. Settings.Select(setting => setting.Key)];
}
