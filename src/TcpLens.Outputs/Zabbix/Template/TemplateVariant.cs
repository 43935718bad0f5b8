using TcpLens.Core.Text;

namespace TcpLens.Outputs.Zabbix.Template;

/// <summary>One of the files that the generator makes. Keys, expressions and identities do not depend on version and language.</summary>
/// <param name="Version">The export format.</param>
/// <param name="Language">The language of names and descriptions.</param>
/// <param name="Way">How the values come to the server.</param>
public readonly record struct TemplateVariant(TemplateVersion Version, Language Language, TemplateWay Way)
{
    /// <summary>All files.</summary>
    public static IEnumerable<TemplateVariant> All =>
        from way in Enum.GetValues<TemplateWay>()
        from version in Enum.GetValues<TemplateVersion>()
        from language in Enum.GetValues<Language>()
        select new TemplateVariant(version, language, way);

    /// <summary>The technical name, the same in every language: expressions refer to it.</summary>
    public string TechnicalName => "TCP states by Zabbix " + Way switch { TemplateWay.Active => "agent active", TemplateWay.Trapper => "trapper", _ => "agent" };

    /// <summary>The name that people see.</summary>
    public Phrase VisibleName => new(TechnicalName, Way switch { TemplateWay.Active => "TCP 状态（Zabbix agent 主动）", TemplateWay.Trapper => "TCP 状态（Zabbix trapper）", _ => "TCP 状态（Zabbix agent）" });

    /// <summary>The type of an item that is not part of another, as Zabbix writes it; that of the passive agent goes without saying.</summary>
    public string? ItemType => Way switch { TemplateWay.Active => "ZABBIX_ACTIVE", TemplateWay.Trapper => "TRAP", _ => null };

    /// <summary>The interval of such an item, as Zabbix writes it; nobody asks for what is sent.</summary>
    public string Delay => Way == TemplateWay.Trapper ? "0" : "{$TCPLENS.INTERVAL}";

    /// <summary>As Zabbix writes the version: <c>6.0</c>.</summary>
    public string VersionText => Version == TemplateVersion.V60 ? "6.0" : "7.0";

    /// <summary>The name of the committed file.</summary>
    public string FileName => $"tcplens-{Way.ToString().ToLowerInvariant()}-{VersionText}.{(Language == Language.Chinese ? "zh" : "en")}.yaml";
}
