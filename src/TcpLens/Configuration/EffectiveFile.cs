using System.Text;
using TcpLens.Core.Text;
using TcpLens.Outputs.Terminal;

namespace TcpLens.Configuration;

/// <summary>The settings in force as a file that sets every one of them, with a comment that says where each comes from.</summary>
internal static class EffectiveFile
{
    /// <summary>A value that is longer has its comment right behind it.</summary>
    private const int ColumnsMax = 60;

    public static string Render(LoadedSettings loaded, Language language)
    {
        var file = new StringBuilder();
        var lines = SettingTable.All.ToDictionary(setting => setting, setting => $"{setting.Key} = {setting.Shown(loaded.Settings)}");
        int columns = lines.Values.Select(line => TextLayout.Width(line)).Where(width => width <= ColumnsMax).DefaultIfEmpty(0).Max();
        var source = loaded.File is { } path
            ? new Phrase("file: {0}", "文件：{0}").With(RawValue.Printable(path))
            : new Phrase("no file: {0} is not there", "没有文件：{0} 不存在").With(Settings.DefaultFile);
        file.Append("# ").Append(source.In(language)).Append('\n');
        foreach (var section in SettingTable.Sections)
        {
            file.Append("\n[").Append(section.Name).Append("]\n");
            foreach (var setting in section.Settings)
                file.Append(TextLayout.PadRight(lines[setting], columns)).Append("  # ").Append(loaded.OriginOf(setting).Words.In(language)).Append(IsShownInPart(setting, loaded) ? InPart.In(language) : "").Append('\n');
        }

        return file.ToString();
    }

    private static Phrase InPart { get; } = new("; the rest is not shown: it may be a secret", "；其余部分可能含密钥，不显示");

    private static bool IsShownInPart(SettingDefinition setting, LoadedSettings loaded) => setting.Shown(loaded.Settings) != setting.ToToml(loaded.Settings);
}
