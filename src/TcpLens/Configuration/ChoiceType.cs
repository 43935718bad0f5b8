using System.Collections.Immutable;
using TcpLens.Core.Text;

namespace TcpLens.Configuration;

/// <summary>One of a few names.</summary>
internal sealed class ChoiceType<T>(params ImmutableArray<(string Name, T Value)> choices) : TextType<T>
    where T : struct, Enum
{
    public override ImmutableArray<string> Names { get; } = [.. choices.Select(one => one.Name)];

    public override Phrase Expected => new(
        string.Join(", ", Names[..^1].Select(Quoted)) + " or " + Quoted(Names[^1]),
        string.Join("、", Names[..^1].Select(Quoted)) + " 或 " + Quoted(Names[^1]));

    public override bool TryRead(RawValue raw, out T value)
    {
        int index = raw.IsText ? Names.IndexOf(raw.Text) : -1;
        value = index < 0 ? default : choices[index].Value;
        return index >= 0;
    }

    // Also a beginning: warn.
    public override string? Meant(RawValue raw)
    {
        if (!raw.IsText || raw.Text.Length == 0)
            return null;
        string? name = Nearest.Find(raw.Text, Names) ?? Names.FirstOrDefault(one => one.StartsWith(raw.Text, StringComparison.OrdinalIgnoreCase));
        return name is null ? null : Quoted(name);
    }

    public override string ToText(T value) => choices.First(one => EqualityComparer<T>.Default.Equals(one.Value, value)).Name;
}
