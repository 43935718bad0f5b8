using System.Text;
using TcpLens.Core.Text;

namespace TcpLens.Configuration;

/// <summary>The reference of all settings as Markdown: the page in the repository.</summary>
internal static class ReferencePage
{
    private static readonly Phrase s_introduction = new(
        """
        `tcplens serve` reads one file, `{0}` or that of `--config FILE`, then the environment, then its options: what comes later wins. Without a file the defaults hold.

        - `tcplens config example` prints a commented file to begin with.
        - `tcplens config check` finds everything that is wrong, with line and column. A name that is not listed here is an error.
        - `tcplens config show` prints the values in force and where each comes from; `--json` for programs.

        In an environment variable and in an option texts stand without quotation marks, lists between commas. A reload (`systemctl reload tcplens`, SIGHUP) reads file and environment again and applies what the column says; the rest waits for a restart. Times are a whole number and `ms`, `s`, `m`, `h`, `d`, `w` or `y` (365 days), sizes a whole number and `B`, `KiB`, `MiB`, `GiB` or `TiB`. The file is TOML in UTF-8, at most {1} KiB long.

        """,
        """
        `tcplens serve` 依次读取一个文件（`{0}` 或 `--config FILE` 指定的文件）、环境变量和命令行选项，后者优先。没有文件时使用默认值。

        - `tcplens config example` 打印带注释的示例文件，可由此开始。
        - `tcplens config check` 找出所有错误并给出行和列。此处未列出的名称视为错误。
        - `tcplens config show` 打印生效的值及其来源；`--json` 供程序使用。

        在环境变量和选项中，文本不加引号，列表用逗号分隔。重新加载（`systemctl reload tcplens`，即 SIGHUP）会重新读取文件和环境变量，并应用下表标明可立即生效的设置，其余须重启后生效。时长为整数加 `ms`、`s`、`m`、`h`、`d`、`w` 或 `y`（365 天），大小为整数加 `B`、`KiB`、`MiB`、`GiB` 或 `TiB`。文件为 UTF-8 编码的 TOML，最长 {1} KiB。

        """);

    private static readonly Phrase s_columns = new("| Setting | Meaning | Default | Allowed | Example | Environment | Option | Applied by |", "| 设置 | 含义 | 默认值 | 取值 | 示例 | 环境变量 | 选项 | 生效方式 |");
    private static readonly Phrase s_reload = new("reload", "重新加载");
    private static readonly Phrase s_restart = new("restart", "重启");

    public static string Render(Language language, string top)
    {
        var page = new StringBuilder(top).Append('\n').Append(s_introduction.With(Settings.DefaultFile, ConfigurationFile.BytesMax >> 10).In(language));
        foreach (var section in SettingTable.Sections)
        {
            page.Append($"\n## [{section.Name}]\n\n{ExampleFile.Sentence(section.Summary, language)}\n\n{s_columns.In(language)}\n|---|---|---|---|---|---|---|---|\n");
            foreach (var setting in section.Settings)
            {
                string option = setting.Flag is { } flag ? $"`{flag.Name}`" : "";
                string applied = (setting.AppliesAtOnce ? s_reload : s_restart).In(language);
                page.Append($"| `{setting.Key}` | {setting.Summary.In(language)} | `{setting.ToToml(new Settings())}` | {setting.Expected.In(language)} | `{setting.Example}` | `{setting.Environment}` | {option} | {applied} |\n");
            }
        }

        return page.ToString();
    }
}
