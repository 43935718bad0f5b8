using System.Text;
using TcpLens.Core.Text;
using TcpLens.Outputs.Terminal;

namespace TcpLens.Configuration;

/// <summary>The commented file to begin with: every setting with its default, behind a comment sign, so that only what is changed is set.</summary>
internal static class ExampleFile
{
    private const int Columns = 100;

    public static string Render(Language language)
    {
        var file = new StringBuilder();
        Comment(file, new Phrase(
            "Configuration of tcplens, the resident monitor ({0}). Every setting stands here with its default; remove the # in front of one to change it. Check it with: tcplens config check",
            "tcplens 常驻进程的配置（{0}）。每个设置都以默认值列出；去掉行首的 # 即可修改。检查命令：tcplens config check").With(Settings.DefaultFile).In(language));
        Comment(file, new Phrase(
            "An environment variable named behind a setting wins over this file, and an option of tcplens serve over both.",
            "每个设置后标注的环境变量优先于本文件，tcplens serve 的选项又优先于两者。").In(language));
        foreach (var section in SettingTable.Sections)
        {
            file.Append('\n');
            Comment(file, Sentence(section.Summary, language));
            file.Append('[').Append(section.Name).Append("]\n");
            foreach (var setting in section.Settings)
            {
                file.Append('\n');
                Comment(file, Sentence(setting.Summary, language));
                Comment(file, new Phrase("Allowed: {0}. For example: {1}", "取值：{0}。例如：{1}").With(setting.Expected, setting.Example).In(language));
                Comment(file, Sources(setting).In(language));
                file.Append('#').Append(setting.Key).Append(" = ").Append(setting.ToToml(new Settings())).Append('\n');
            }
        }

        return file.ToString();
    }

    /// <summary>A summary as a sentence of its own.</summary>
    internal static string Sentence(Phrase summary, Language language) =>
        new Phrase(char.ToUpperInvariant(summary.English[0]) + summary.English[1..] + ".", summary.Chinese + "。").In(language);

    private static Phrase Sources(SettingDefinition setting)
    {
        var sources = new Phrase("Environment: {0}", "环境变量：{0}").With(setting.Environment);
        return setting.Flag is { } flag ? sources.Then(new Phrase("; option: {0}", "；选项：{0}").With(flag.Name)) : sources;
    }

    private static void Comment(StringBuilder file, string text)
    {
        foreach (string line in TextLayout.Wrap(text, Columns))
            file.Append("# ").Append(line).Append('\n');
    }
}
