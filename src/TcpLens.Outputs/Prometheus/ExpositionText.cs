using System.Buffers;
using System.Text;

namespace TcpLens.Outputs.Prometheus;

/// <summary>Prometheus' text format 0.0.4, metric by metric. Values that are not known are left out: a missing value must not look like 0.</summary>
internal sealed class ExpositionText
{
    private readonly StringBuilder _text = new();
    private string _name = "";

    /// <summary>Begins a metric; its samples follow.</summary>
    public ExpositionText Begin(string name, string type, string help)
    {
        _name = name;
        _text.Append("# HELP ").Append(name).Append(' ').Append(help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal))
            .Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
        return this;
    }

    /// <summary>One sample of the metric that was begun last.</summary>
    public void Sample(double? value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        if (value is not { } known || double.IsNaN(known))
            return;
        _text.Append(_name);
        char before = '{';
        foreach (var (name, label) in labels)
        {
            _text.Append(before).Append(name).Append("=\"").Append(Escape(label)).Append('"');
            before = ',';
        }

        if (!labels.IsEmpty)
            _text.Append('}');
        _text.Append(' ').Append(Number(known)).Append('\n');
    }

    /// <summary>A metric without labels, absent when its value is not known.</summary>
    public void Single(string name, string type, string help, double? value)
    {
        if (value is not null)
            Begin(name, type, help).Sample(value);
    }

    public void WriteTo(IBufferWriter<byte> output) => Encoding.UTF8.GetBytes(_text.ToString(), output);

    // Counters stay exact up to 2^53; fractions need no more than a millionth.
    private static string Number(double value) => Math.Abs(value) < 1 ? value.ToString("0.#########") : value.ToString("0.######");

    private static string Escape(string label) => label
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
