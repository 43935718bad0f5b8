using TcpLens.Core.Text;

namespace TcpLens.Outputs.Zabbix.Template;

/// <summary>One of the files that the generator makes. Keys, expressions and identities do not depend on version and language.</summary>
/// <param name="Version">The export format.</param>
/// <param name="Language">The language of names and descriptions.</param>
/// <param name="IsTrapper">Whether values are sent to the server instead of being asked for by it.</param>
public readonly record struct TemplateVariant(TemplateVersion Version, Language Language, bool IsTrapper)
{
    private static readonly bool[] s_modes = [false, true];

    /// <summary>All files.</summary>
    public static IEnumerable<TemplateVariant> All =>
        from isTrapper in s_modes
        from version in Enum.GetValues<TemplateVersion>()
        from language in Enum.GetValues<Language>()
        select new TemplateVariant(version, language, isTrapper);

    /// <summary>The technical name, the same in every language: expressions refer to it.</summary>
    public string TechnicalName => IsTrapper ? "TCP states by Zabbix trapper" : "TCP states by Zabbix agent";

    /// <summary>The name that people see.</summary>
    public Phrase VisibleName => IsTrapper
        ? new(TechnicalName, "TCP 状态（Zabbix trapper）")
        : new(TechnicalName, "TCP 状态（Zabbix agent）");

    /// <summary>As Zabbix writes the version: <c>6.0</c>.</summary>
    public string VersionText => Version == TemplateVersion.V60 ? "6.0" : "7.0";

    /// <summary>The name of the committed file.</summary>
    public string FileName => $"tcplens-{(IsTrapper ? "trapper" : "agent")}-{VersionText}.{(Language == Language.Chinese ? "zh" : "en")}.yaml";
}
