using TcpLens.Outputs.Zabbix.Template;
using YamlDotNet.RepresentationModel;

namespace TcpLens.UnitTests.Zabbix.Template;

/// <summary>A template as a YAML parser reads it.</summary>
internal sealed class ParsedTemplate
{
    private ParsedTemplate(TemplateVariant variant, YamlMappingNode export)
    {
        Variant = variant;
        Export = export;
        Template = (YamlMappingNode)export["templates"][0];
        Everything = [.. export.AllNodes];
    }

    public TemplateVariant Variant { get; }

    public YamlMappingNode Export { get; }

    public YamlMappingNode Template { get; }

    public IReadOnlyList<YamlNode> Everything { get; }

    public IEnumerable<YamlMappingNode> Maps => Everything.OfType<YamlMappingNode>();

    /// <summary>Items and prototypes.</summary>
    public IEnumerable<YamlMappingNode> Items =>
        List(Template, "items").Concat(List(Template, "discovery_rules").SelectMany(rule => List(rule, "item_prototypes")));

    /// <summary>Triggers and prototypes, wherever they stand.</summary>
    public IEnumerable<YamlMappingNode> Triggers => Maps.Where(map => Text(map, "priority") is not null);

    public IEnumerable<string> Keys => Items.Select(item => Text(item, "key")!);

    public static ParsedTemplate Of(TemplateVariant variant)
    {
        var stream = new YamlStream();
        using var reader = new StringReader(TemplateFile.Render(variant));
        stream.Load(reader);
        return new ParsedTemplate(variant, (YamlMappingNode)stream.Documents[0].RootNode["zabbix_export"]);
    }

    public static IEnumerable<YamlMappingNode> List(YamlMappingNode map, string key) =>
        map.Children.TryGetValue(key, out var list) ? ((YamlSequenceNode)list).Cast<YamlMappingNode>() : [];

    public static string? Text(YamlMappingNode map, string key) =>
        map.Children.TryGetValue(key, out var value) && value is YamlScalarNode scalar ? scalar.Value : null;
}
