using System.Collections.Immutable;

namespace TcpLens.Core.Model;

/// <summary>
/// One group of the kernel's counters at one moment, found by the kernel's own names. Counters start at 0 when the network namespace is
/// made and only grow, save gauges such as <c>CurrEstab</c>.
/// </summary>
public sealed class CounterTable
{
    /// <summary>Takes the values of <paramref name="names"/>, as many and in the same order.</summary>
    public CounterTable(CounterNames names, ImmutableArray<long> values)
    {
        if (values.Length != names.All.Length)
            throw new ArgumentException($"{values.Length} values for {names.All.Length} names", nameof(values));
        Names = names;
        Values = values;
    }

    /// <summary>A group that could not be read: no counter is known.</summary>
    public static CounterTable Unknown { get; } = new(new CounterNames([]), []);

    public CounterNames Names { get; }

    public ImmutableArray<long> Values { get; }

    /// <summary>The counter <paramref name="name"/>; <see langword="null"/> (not 0) where this kernel does not have it.</summary>
    public long? this[string name] => Names.PlaceOf(name) is >= 0 and int place ? Values[place] : null;
}
