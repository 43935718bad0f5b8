using System.Collections.Immutable;
using System.Text.Json;
using TcpLens.Core.Text;

namespace TcpLens.Outputs.Zabbix.Provisioning;

/// <summary>
/// What an import would change, from the answer of <c>configuration.importcompare</c> (Zabbix manual, "API"): per kind of object, the names that
/// are new, changed or gone.
/// </summary>
public sealed class ImportComparison
{
    /// <summary>More names than this are only counted.</summary>
    private const int MostNames = 8;

    // Deeper than template > discovery rule > prototype > trigger prototype nothing is nested.
    private const int DeepestNesting = 8;

    private static readonly Phrase[] s_verdicts = [new("new", "新增"), new("changed", "更改"), new("removed", "删除")];

    private static readonly (string Name, Phrase Words)[] s_kinds =
    [
        ("groups", new("groups", "组")),
        ("template_groups", new("template groups", "模板组")),
        ("templates", new("templates", "模板")),
        ("items", new("items", "监控项")),
        ("triggers", new("triggers", "触发器")),
        ("graphs", new("graphs", "图形")),
        ("dashboards", new("dashboards", "仪表盘")),
        ("valuemaps", new("value maps", "值映射")),
        ("discovery_rules", new("discovery rules", "自动发现规则")),
        ("item_prototypes", new("item prototypes", "监控项原型")),
        ("trigger_prototypes", new("trigger prototypes", "触发器原型")),
        ("graph_prototypes", new("graph prototypes", "图形原型")),
    ];

    private readonly Dictionary<(int Verdict, string Kind), List<string>> _names = [];

    private ImportComparison(JsonElement result) => Collect(result, DeepestNesting);

    public bool IsEmpty => _names.Count == 0;

    public static ImportComparison Read(JsonElement result) => new(result);

    /// <summary>One line for each kind: "new items: 3 (A, B, C)".</summary>
    public ImmutableArray<Phrase> Lines() =>
    [
        .. _names.OrderBy(entry => entry.Key.Verdict).ThenBy(entry => Array.FindIndex(s_kinds, kind => kind.Name == entry.Key.Kind))
            .Select(entry => Line(entry.Key.Verdict, entry.Key.Kind, entry.Value)),
    ];

    private static Phrase Line(int verdict, string kind, List<string> names)
    {
        var known = s_kinds.Where(one => one.Name == kind).Select(one => one.Words).FirstOrDefault(Phrase.Same(kind));
        var counted = new Phrase("{0} {1}: {2}", "{0}{1}：{2}").With(s_verdicts[verdict], known, names.Count);
        return names.Count > MostNames
            ? counted
            : counted.Then(new Phrase(" ({0})", "（{0}）").With(new Phrase(string.Join(", ", names), string.Join("、", names))));
    }

    private void Collect(JsonElement kinds, int depth)
    {
        if (kinds.ValueKind != JsonValueKind.Object || depth == 0)
            return;
        foreach (var kind in kinds.EnumerateObject().Where(property => property.Name is not ("before" or "after") && property.Value.ValueKind == JsonValueKind.Object))
        {
            Collect(kind, 0, "added", depth);
            Collect(kind, 1, "updated", depth);
            Collect(kind, 2, "removed", depth);
        }
    }

    private void Collect(JsonProperty kind, int verdict, string name, int depth)
    {
        if (!kind.Value.TryGetProperty(name, out var entries) || entries.ValueKind != JsonValueKind.Array)
            return;
        foreach (var entry in entries.EnumerateArray())
        {
            bool hasBefore = entry.TryGetProperty("before", out var before);
            bool hasAfter = entry.TryGetProperty("after", out var after);
            if (!hasBefore || !hasAfter || Differ(before, after))
                Add(verdict, kind.Name, NameOf(hasAfter ? after : before));
            Collect(entry, depth - 1);
        }
    }

    private void Add(int verdict, string kind, string name)
    {
        if (!_names.TryGetValue((verdict, kind), out var names))
            _names[(verdict, kind)] = names = [];
        names.Add(name);
    }

    // A template stands among the updated ones also when only something inside of it changes.
    private static bool Differ(JsonElement before, JsonElement after)
    {
        var old = Meaningful(before);
        var @new = Meaningful(after);
        return old.Count != @new.Count || old.Any(field => !@new.TryGetValue(field.Key, out var value) || !IsSame(field.Value, value));
    }

    // The server lists dependencies and widgets in an order of its own, and takes that of the file for a change.
    private static bool IsSame(JsonElement one, JsonElement other)
    {
        if (one.ValueKind != other.ValueKind)
            return false;
        if (one.ValueKind == JsonValueKind.Object)
            return one.EnumerateObject().Count() == other.EnumerateObject().Count() && one.EnumerateObject().All(field => other.TryGetProperty(field.Name, out var value) && IsSame(field.Value, value));
        if (one.ValueKind != JsonValueKind.Array)
            return JsonElement.DeepEquals(one, other);
        var rest = other.EnumerateArray().ToList();
        return one.GetArrayLength() == rest.Count && one.EnumerateArray().All(entry => rest.FindIndex(left => IsSame(entry, left)) is var at and >= 0 && Remove(rest, at));

        static bool Remove(List<JsonElement> list, int index)
        {
            list.RemoveAt(index);
            return true;
        }
    }

    // 7.0 reads a file of 6.0 with this default spelled out, and then finds it different from its own, where it is not.
    private static Dictionary<string, JsonElement> Meaningful(JsonElement entity) =>
        entity.EnumerateObject()
            .Where(field => field.Name != "type" || field.Value.ValueKind != JsonValueKind.String || !field.Value.ValueEquals("ZABBIX_PASSIVE"))
            .ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);

    private static string NameOf(JsonElement entity)
    {
        foreach (string field in (ReadOnlySpan<string>)["name", "template", "key", "uuid"])
        {
            if (entity.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String)
                return value.GetString()!;
        }

        return "?";
    }
}
