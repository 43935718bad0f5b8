using System.Text.Json;
using System.Text.RegularExpressions;
using TcpLens.Core.Text;
using TcpLens.Outputs.Zabbix.Template;
using TcpLens.TestKit;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace TcpLens.UnitTests.Zabbix.Template;

/// <summary>The generated templates: committed as they are, and whole in themselves. That servers take them is proved on servers.</summary>
public sealed partial class Templates
{
    public static TheoryData<TemplateVariant> Variants => [.. TemplateVariant.All];

    [Theory]
    [MemberData(nameof(Variants))]
    public void A_template_reads_as_committed(TemplateVariant variant) =>
        Golden.MatchFile(RepositoryRoot.Of("templates", variant.FileName), TemplateFile.Render(variant));

    [Theory]
    [InlineData(Language.English, "README.md")]
    [InlineData(Language.Chinese, "README.zh.md")]
    public void The_page_beside_them_reads_as_committed(Language language, string name) =>
        Golden.MatchFile(RepositoryRoot.Of("templates", name), TemplateGuide.Render(language));

    /// <summary>An identity that changes or vanishes costs every site the history of an item.</summary>
    [Fact]
    public void No_identity_ever_changes_or_vanishes()
    {
        string path = RepositoryRoot.Of("templates", "uuids.txt");
        string[] given = [.. TemplateVariant.All.SelectMany(TemplateFile.Identities).Distinct().OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Value} {one.Key}")];
        string[] promised = File.Exists(path) ? File.ReadAllLines(path) : [];
        Assert.Empty(promised.Except(given, StringComparer.Ordinal));
        Golden.MatchFile(path, string.Join('\n', given) + "\n");
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Every_identity_is_there_once_and_of_version_4(TemplateVariant variant)
    {
        string[] uuids = [.. ParsedTemplate.Of(variant).Maps.Select(map => ParsedTemplate.Text(map, "uuid")).OfType<string>()];
        Assert.All(uuids, uuid => Assert.Matches("^[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}$", uuid));
        Assert.Equal(uuids.Length, uuids.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData(TemplateWay.Agent)]
    [InlineData(TemplateWay.Active)]
    [InlineData(TemplateWay.Trapper)]
    public void Versions_and_languages_have_the_same_identities_and_keys(TemplateWay way)
    {
        var templates = TemplateVariant.All.Where(variant => variant.Way == way).Select(ParsedTemplate.Of).ToArray();
        Assert.All(templates, template => Assert.Equal(Identities(templates[0]), Identities(template), StringComparer.Ordinal));
        Assert.All(templates, template => Assert.Equal(templates[0].Keys, template.Keys, StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Every_dependent_items_path_is_in_the_masters_document(TemplateVariant variant)
    {
        using var document = JsonDocument.Parse(StatesDocuments.Text(SampleDetails.WebServer, StatesDocuments.Leak));
        string[] paths =
        [
            .. ParsedTemplate.Of(variant).Maps
                .Where(map => ParsedTemplate.Text(map, "type") == "JSONPATH")
                .Select(step => step["parameters"][0].ToString())
                .Where(path => !path.StartsWith("$.services", StringComparison.Ordinal))
                .Select(path => path.Replace("{#PORT}", "443", StringComparison.Ordinal).Replace("{#RULE}", "close_wait_leak", StringComparison.Ordinal)),
        ];
        Assert.True(paths.Length > 100);
        Assert.All(paths, path => Assert.NotNull(ZabbixJsonPath.Find(document.RootElement, path)));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Every_key_is_there_once(TemplateVariant variant)
    {
        var template = ParsedTemplate.Of(variant);
        Assert.Equal(template.Keys.Count(), template.Keys.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Every_item_that_a_trigger_or_graph_looks_at_is_there(TemplateVariant variant)
    {
        var template = ParsedTemplate.Of(variant);
        var keys = template.Keys.ToHashSet(StringComparer.Ordinal);
        var used = template.Triggers.SelectMany(trigger => ItemsOf(ParsedTemplate.Text(trigger, "expression") + ParsedTemplate.Text(trigger, "recovery_expression"), variant))
            .Concat(template.Maps.SelectMany(map => ParsedTemplate.List(map, "graph_items")).Select(line => line["item"]["key"].ToString()));
        Assert.All(used, key => Assert.Contains(key, keys));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Every_trigger_that_silences_another_is_there(TemplateVariant variant)
    {
        var template = ParsedTemplate.Of(variant);
        var triggers = template.Triggers.Select(trigger => (Name: ParsedTemplate.Text(trigger, "name"), Expression: ParsedTemplate.Text(trigger, "expression"))).ToHashSet();
        var others = template.Maps.SelectMany(map => ParsedTemplate.List(map, "dependencies")).ToArray();
        Assert.NotEmpty(others);
        Assert.All(others, other => Assert.Contains((ParsedTemplate.Text(other, "name"), ParsedTemplate.Text(other, "expression")), triggers));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Every_macro_is_declared_and_used(TemplateVariant variant)
    {
        var template = ParsedTemplate.Of(variant);
        var declared = ParsedTemplate.List(template.Template, "macros").Select(macro => ParsedTemplate.Text(macro, "macro")!).ToHashSet(StringComparer.Ordinal);
        var used = template.Maps.Where(map => !map.Children.ContainsKey("macro") || map.Children.ContainsKey("formulaid"))
            .SelectMany(map => map.Children.Values).OfType<YamlDotNet.RepresentationModel.YamlScalarNode>()
            .SelectMany(scalar => UserMacro().Matches(scalar.Value!)).Select(match => "{$" + match.Groups["name"].Value + "}").ToHashSet(StringComparer.Ordinal);
        Assert.Equal(declared.Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Every_trigger_takes_its_thresholds_and_windows_from_macros(TemplateVariant variant) =>
        Assert.All(ParsedTemplate.Of(variant).Triggers, trigger =>
        {
            string bare = ItemReference(variant).Replace(ParsedTemplate.Text(trigger, "expression")!, "");
            Assert.Matches(@"\{\$TCPLENS\.", bare);
            Assert.DoesNotMatch(@"(?<![<>=])[<>]=?\s*[1-9]|\d+[smhd]\b", bare);
        });

    [Theory]
    [MemberData(nameof(Variants))]
    public void Every_trigger_says_what_is_wrong_what_it_is_now_and_what_to_do(TemplateVariant variant) =>
        Assert.All(ParsedTemplate.Of(variant).Triggers, trigger =>
        {
            foreach (string field in new[] { "name", "event_name", "opdata", "description" })
                Assert.False(string.IsNullOrWhiteSpace(ParsedTemplate.Text(trigger, field)), field);
            Assert.DoesNotContain("{ITEM.", ParsedTemplate.Text(trigger, "name"), StringComparison.Ordinal);
            Assert.InRange(ParsedTemplate.Text(trigger, "name")!.Length, 1, 255);
            Assert.Contains(ParsedTemplate.List(trigger, "tags"), tag => ParsedTemplate.Text(tag, "tag") == "scope");
        });

    [Theory]
    [MemberData(nameof(Variants))]
    public void Widgets_stay_on_the_grid_and_show_graphs_that_are_there(TemplateVariant variant)
    {
        var template = ParsedTemplate.Of(variant);
        int columns = variant.Version == TemplateVersion.V60 ? 24 : 72;
        var graphs = template.Maps.Where(map => map.Children.ContainsKey("graph_items")).Select(graph => ParsedTemplate.Text(graph, "name")).ToHashSet(StringComparer.Ordinal);
        var keys = template.Maps.Select(map => ParsedTemplate.Text(map, "key")).ToHashSet(StringComparer.Ordinal);
        foreach (var widget in template.Maps.SelectMany(map => ParsedTemplate.List(map, "widgets")))
        {
            int x = int.Parse(ParsedTemplate.Text(widget, "x") ?? "0", null);
            Assert.InRange(x + int.Parse(ParsedTemplate.Text(widget, "width")!, null), 1, columns);
            if (ParsedTemplate.Text(widget, "type") == "svggraph")
                AssertShowsItems(widget, keys);
            else
                Assert.Contains(ParsedTemplate.List(widget, "fields").Single(field => IsNamed(field, "graphid"))["value"]["name"].ToString(), graphs);
        }
    }

    private static bool IsNamed(YamlMappingNode field, string start) => ParsedTemplate.Text(field, "name")!.StartsWith(start, StringComparison.Ordinal);

    // A graph without an item, or an item without a colour, shows nothing; of a legend, the lines that are not asked for are not there.
    private static void AssertShowsItems(YamlMappingNode widget, HashSet<string?> keys)
    {
        var fields = ParsedTemplate.List(widget, "fields").ToList();
        var items = fields.Where(field => IsNamed(field, "ds.0.itemids.")).ToList();
        Assert.NotEmpty(items);
        Assert.All(items, item => Assert.Contains(item["value"]["key"].ToString(), keys));
        Assert.Equal(items.Count, fields.Count(field => IsNamed(field, "ds.0.color.")));
        int Number(string name, int otherwise) => fields.SingleOrDefault(field => IsNamed(field, name)) is { } field ? int.Parse(ParsedTemplate.Text(field, "value")!, null) : otherwise;
        Assert.True(Number("legend_columns", 4) * Number("legend_lines", 1) >= items.Count);
    }

    private static IEnumerable<string> Identities(ParsedTemplate template) =>
        template.Maps.Select(map => ParsedTemplate.Text(map, "uuid")).OfType<string>().Order(StringComparer.Ordinal);

    private static IEnumerable<string> ItemsOf(string expression, TemplateVariant variant) =>
        ItemReference(variant).Matches(expression).Select(match => match.Groups["key"].Value);

    private static Regex ItemReference(TemplateVariant variant) =>
        new("/" + Regex.Escape(variant.TechnicalName) + @"/(?<key>tcplens\.[a-z0-9_]+\[[^\]]*\])", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    [GeneratedRegex(@"\{\$(?<name>[A-Z0-9_.]+)(:""[^""]*"")?\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UserMacro();
}
