using System.Globalization;
using System.Text.Json;
using TcpLens.Core.Text;

namespace TcpLens.Configuration;

/// <summary>A number between two limits, with or without a fraction.</summary>
internal sealed class NumberType(double smallest, double largest) : SettingType<double>
{
    public override Phrase Expected { get; } = new Phrase("a number from {0} to {1}", "{0} 到 {1} 之间的数").With(smallest, largest);

    public override bool TryRead(RawValue raw, out double value)
    {
        value = 0;
        return raw.Kind is RawKind.Number or RawKind.Word
            && double.TryParse(raw.Text.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value)
            && value >= smallest && value <= largest;
    }

    public override string? Meant(RawValue raw) => raw.Kind == RawKind.Text && TryRead(RawValue.Word(raw.Text), out double value) ? ToToml(value) : null;

    // Without exponent, which double takes only beyond any limit here.
    public override string ToToml(double value) => value.ToString("0.0###############", CultureInfo.InvariantCulture);

    public override void WriteJson(Utf8JsonWriter json, double value) => json.WriteNumberValue(value);
}
