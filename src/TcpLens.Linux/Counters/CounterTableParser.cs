using System.Buffers.Text;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using TcpLens.Core.Model;

namespace TcpLens.Linux.Counters;

/// <summary>
/// Reads one group of <c>/proc/net/snmp</c> or <c>netstat</c>: a line of names and a line of values, both beginning with the group's label
/// (<c>Tcp:</c>). Remembers the names from reading to reading, so that a reading makes nothing but its values. One thread at a time.
/// </summary>
internal sealed class CounterTableParser(string label)
{
    /// <summary>Names beyond this many are passed over (Linux 6.18 has 130).</summary>
    public const int MaxCounters = 1024;

    private readonly byte[] _label = Encoding.ASCII.GetBytes(label);
    private CounterNames _names = CounterTable.Unknown.Names;
    private byte[] _namesLine = [];

    /// <summary>Reads the group out of the text of the whole file.</summary>
    /// <returns><see langword="false"/> when the group is not there, was cut, or has a value that is no number.</returns>
    public bool TryParse(ReadOnlySpan<byte> text, out CounterTable table)
    {
        table = CounterTable.Unknown;
        var lines = new CompleteLines(text, _label);
        if (!lines.TryNext(out var namesLine) || !lines.TryNext(out var valuesLine))
            return false;
        if (!namesLine.SequenceEqual(_namesLine))
            Remember(namesLine);

        long[] values = new long[_names.All.Length];
        var words = new Words(valuesLine);
        foreach (ref long value in values.AsSpan())
        {
            if (!words.TryNext(out var word) || !Utf8Parser.TryParse(word, out value, out int used) || used != word.Length)
                return false;
        }

        table = new CounterTable(_names, ImmutableCollectionsMarshal.AsImmutableArray(values));
        return true;
    }

    private void Remember(ReadOnlySpan<byte> namesLine)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        var words = new Words(namesLine);
        while (names.Count < MaxCounters && words.TryNext(out var word))
            names.Add(Encoding.ASCII.GetString(word));
        _names = new CounterNames(names.ToImmutable());
        _namesLine = namesLine.ToArray();
    }
}
