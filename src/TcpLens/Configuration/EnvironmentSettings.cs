namespace TcpLens.Configuration;

/// <summary>The environment variables that are settings: <c>TCPLENS_SECTION_KEY</c>.</summary>
internal static class EnvironmentSettings
{
    public const string Prefix = "TCPLENS_";

    /// <summary>
    /// The section that a variable means: that of its name, or the nearest to it. <see langword="null"/> for variables that are no settings:
    /// <c>TCPLENS_ZABBIX_TOKEN</c> belongs to a command, others to whoever set them.
    /// </summary>
    public static SettingSection? SectionOf(string variable)
    {
        if (!variable.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        string rest = variable[Prefix.Length..];
        if (SettingTable.Sections.FirstOrDefault(section => rest.StartsWith(section.Name + "_", StringComparison.OrdinalIgnoreCase)) is { } named)
            return named;
        string[] words = rest.Split('_', 2);
        string? name = words.Length < 2 ? null : Core.Text.Nearest.Find(words[0], SettingTable.Sections.Select(section => section.Name).Where(section => !section.Contains('_')));
        return SettingTable.Sections.FirstOrDefault(section => section.Name == name);
    }
}
