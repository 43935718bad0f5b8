using TcpLens.Configuration;
using TcpLens.Core.Text;
using TcpLens.Linux.Reading;
using Xunit;

namespace TcpLens.UnitTests.Configuration;

/// <summary>File, environment, options: which one wins, and how each value says where it comes from.</summary>
public sealed class Sources
{
    private static readonly SettingDefinition s_level = SettingTable.Find("log", "level");

    [Fact]
    public void Without_any_source_the_defaults_hold()
    {
        var loaded = Loading.Good("");
        Assert.Empty(Settings.Differences(new Settings(), loaded.Settings));
        Assert.All(SettingTable.All, setting => Assert.Equal(OriginKind.Default, loaded.OriginOf(setting).Kind));
    }

    [Fact]
    public void The_environment_wins_over_the_file_and_an_option_over_both()
    {
        const string File = "[log]\nlevel = \"debug\"\n";
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["TCPLENS_LOG_LEVEL"] = "warning" };
        var option = new SettingOverride(s_level, "--log-level", "error");

        var levels = new[] { Loading.Good(""), Loading.Good(File), Loading.Good(File, environment), Loading.Good(File, environment, option) };

        Assert.Equal([LogLevel.Info, LogLevel.Debug, LogLevel.Warning, LogLevel.Error], levels.Select(one => one.Settings.Log.Level));
        Assert.Equal(
            "default, tcplens.toml:2, environment TCPLENS_LOG_LEVEL, option --log-level", string.Join(", ", levels.Select(one => one.OriginOf(s_level).Words.English)));
        Assert.Equal(
            "默认值, tcplens.toml:2, 环境变量 TCPLENS_LOG_LEVEL, 选项 --log-level", string.Join(", ", levels.Select(one => one.OriginOf(s_level).Words.In(Language.Chinese))));
    }

    [Fact]
    public void A_wrong_value_in_the_file_is_an_error_although_another_source_wins()
    {
        var (loaded, problems) = Loading.Of("[log]\nlevel = \"loud\"\n", new Dictionary<string, string>(StringComparer.Ordinal) { ["TCPLENS_LOG_LEVEL"] = "info" });
        Assert.Null(loaded);
        Assert.Equal(1, problems.Count);
    }

    [Fact]
    public void Every_setting_is_read_from_the_file_from_the_environment_and_by_its_option()
    {
        foreach (var setting in SettingTable.All)
        {
            // A certificate alone is wrong, and so is a key, and a protection without them.
            string other = (setting.Section, setting.Key) switch
            {
                ("web", "certificate_file") => "web.key_file = \"/k\"\n",
                ("web", "key_file") => "web.certificate_file = \"/c\"\n",
                ("zabbix_tls", "connect" or "accept") => "zabbix_tls.psk_identity = \"name\"\nzabbix_tls.psk_file = \"/p\"\n",
                _ => "",
            };
            var file = Loading.Good($"{other}{setting.Section}.{setting.Key} = {setting.Example}\n");
            Assert.False(setting.IsSame(new Settings(), file.Settings), setting.Name);

            string word = setting.Example.StartsWith('[') ? setting.Example[1..^1] : setting.Example;
            word = word.Replace("\"", "", StringComparison.Ordinal);
            var environment = Loading.Good(other, new Dictionary<string, string>(StringComparer.Ordinal) { [setting.Environment] = word });
            Assert.True(setting.IsSame(file.Settings, environment.Settings), setting.Name);
            var option = Loading.Good(other, null, new SettingOverride(setting, "--it", word));
            Assert.True(setting.IsSame(file.Settings, option.Settings), setting.Name);
        }
    }

    [Fact]
    public void Sections_may_be_written_in_every_way_of_TOML()
    {
        string[] ways = ["[log]\nlevel = 'debug'\n", "log.level = \"debug\"\n", "log = { level = \"debug\" }\n", "[ \"log\" ]\n'level'=\"\\u0064ebug\"\n"];
        Assert.All(ways, way => Assert.Equal(LogLevel.Debug, Loading.Good(way).Settings.Log.Level));
        Assert.Equal(2.5, Loading.Good("[sampling]\ncpu_budget_percent = 2_500e-3\n").Settings.Sampling.CpuBudgetPercent);
        Assert.Equal(SourceChoice.Proc, Loading.Good("[sampling]\nsource = \"proc\" # why\n").Settings.Sampling.Source);
    }

    [Fact]
    public void A_variable_that_is_nearly_a_setting_is_an_error_and_others_are_left_alone()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["TCPLENS_LOG_LEVL"] = "debug",
            ["TCPLENS_WBE_LISTEN"] = "*:80",
            ["TCPLENS_SOCKET_COLOUR"] = "red",
            ["TCPLENS_LOG_FORMAT"] = "jsn",
            ["TCPLENS_ZABBIX_TOKEN"] = "secret",
            ["TCPLENS_SOAK_SECONDS"] = "1",
            ["TCPLENS_GOLDEN"] = "write",
            ["LOG_LEVEL"] = "debug",
        };
        var (_, problems) = Loading.Of("", environment);
        Assert.Equal(
            string.Join('\n',
                "TCPLENS_LOG_FORMAT: [log] format cannot be 'jsn': expected \"auto\", \"text\", \"json\" or \"journal\"; did you mean \"json\"?",
                "TCPLENS_LOG_LEVL: unknown environment variable: did you mean TCPLENS_LOG_LEVEL?",
                "TCPLENS_SOCKET_COLOUR: unknown environment variable; known: TCPLENS_SOCKET_ENABLED, TCPLENS_SOCKET_PATH, TCPLENS_SOCKET_GROUP",
                "TCPLENS_WBE_LISTEN: unknown environment variable: did you mean TCPLENS_WEB_LISTEN?"),
            problems.Words.English);
    }

    [Fact]
    public void What_changed_says_whether_a_reload_applies_it()
    {
        var after = Loading.Good("[sampling]\ninterval = \"2s\"\n[web]\nlisten = \"127.0.0.1:80\"\n[history]\nkeep_seconds = \"360m\"\n");
        Assert.Equal(
            [("[sampling] interval", "\"1s\"", "\"2s\"", true), ("[web] listen", "\"127.0.0.1:11011\"", "\"127.0.0.1:80\"", false)],
            Settings.Differences(new Settings(), after.Settings).Select(one => (one.Setting.Name, one.Old, one.New, one.AppliesAtOnce)));
    }
}
