using System.Collections.Immutable;
using System.Text.Json;
using TcpLens.Core.Text;

namespace TcpLens.Configuration;

/// <summary>Several values that are written as text: in the file a list, or one text alone; elsewhere words between commas.</summary>
internal sealed class ListType<T>(TextType<T> item, int fewest, int most) : SettingType<ImmutableArray<T>>
{
    public override Phrase Expected { get; } =
        new Phrase("{0}, or a list of {1} to {2}", "{0}，或 {1} 到 {2} 项的列表").With(item.Expected, fewest, most);

    public override bool TryRead(RawValue raw, out ImmutableArray<T> value)
    {
        value = [];
        var items = ItemsOf(raw);
        if (raw.Kind is RawKind.Number or RawKind.Switch or RawKind.Other || items.Length < fewest || items.Length > most)
            return false;
        var values = ImmutableArray.CreateBuilder<T>(items.Length);
        foreach (var one in items)
        {
            if (!item.TryRead(one, out var read))
                return false;
            values.Add(read);
        }

        value = values.MoveToImmutable();
        return true;
    }

    public override RawValue Culprit(RawValue raw)
    {
        var items = ItemsOf(raw);
        return items.Length > most ? raw : items.FirstOrDefault(one => !item.TryRead(one, out _)) ?? raw;
    }

    public override string? Meant(RawValue raw) => item.Meant(Culprit(raw));

    public override string ToToml(ImmutableArray<T> value) => value is [var only] ? item.ToToml(only) : "[" + string.Join(", ", value.Select(item.ToToml)) + "]";

    public override void WriteJson(Utf8JsonWriter json, ImmutableArray<T> value)
    {
        json.WriteStartArray();
        foreach (var one in value)
            item.WriteJson(json, one);
        json.WriteEndArray();
    }

    private ImmutableArray<RawValue> ItemsOf(RawValue raw) => raw.Kind switch
    {
        RawKind.List => raw.Items,
        RawKind.Word => [.. item.Split(raw.Text).Select(RawValue.Word)],
        _ => [raw],
    };
}
