using System.Collections.Immutable;
using System.Text.Json;
using TcpLens.Core.Text;

namespace TcpLens.Configuration;

/// <summary>A setting with the type of its values and its place in <see cref="Settings"/>.</summary>
internal sealed class Setting<T>(SettingType<T> type, Func<Settings, T> get, Func<Settings, T, Settings> set) : SettingDefinition
{
    public override Phrase Expected => type.Expected;

    public override ImmutableArray<string> Choices => type.Names;

    public override bool IsPath => type is PathType;

    public override bool TryApply(RawValue raw, Settings settings, out Settings applied, out Phrase problem)
    {
        problem = default;
        if (type.TryRead(raw, out var value))
        {
            applied = set(settings, value);
            return true;
        }

        applied = settings;
        problem = HidesWrongValue
            ? ConfigurationMessages.WrongHidden(Name, type.Expected)
            : ConfigurationMessages.Wrong(Name, type.Culprit(raw).Shown, type.Expected, type.Meant(raw));
        return false;
    }

    public override string ToToml(Settings settings) => type.ToToml(get(settings));

    public override string Shown(Settings settings) => type.Shown(get(settings));

    public override void WriteJson(Utf8JsonWriter json, Settings settings) => type.WriteJson(json, get(settings));
}
