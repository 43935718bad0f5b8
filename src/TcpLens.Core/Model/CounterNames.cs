using System.Collections.Frozen;
using System.Collections.Immutable;

namespace TcpLens.Core.Model;

/// <summary>
/// The names of a kernel's counters in the kernel's order. They depend on the kernel's version alone, so that one object serves all readings.
/// </summary>
public sealed class CounterNames
{
    private readonly FrozenDictionary<string, int> _places;

    /// <summary>Takes the names in the kernel's order; of a name that comes twice the first place counts.</summary>
    public CounterNames(ImmutableArray<string> names)
    {
        All = names;
        var places = new Dictionary<string, int>(names.Length, StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
            places.TryAdd(names[i], i);
        _places = places.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>All names in the kernel's order.</summary>
    public ImmutableArray<string> All { get; }

    /// <summary>Place of <paramref name="name"/> in <see cref="All"/>, or -1 when this kernel does not have it.</summary>
    public int PlaceOf(string name) => _places.GetValueOrDefault(name, -1);
}
