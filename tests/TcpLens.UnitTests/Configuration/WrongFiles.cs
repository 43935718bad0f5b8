using System.Text;
using TcpLens.Configuration;
using TcpLens.Core.Text;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.UnitTests.Configuration;

/// <summary>Every way to write a configuration wrong, and what is said of it.</summary>
public sealed class WrongFiles
{
    private static readonly string[] s_files =
    [
        // Names.
        "[web]\nlisen = \"*:80\"\n",
        "[web]\ninterval = \"5s\"\n",
        "[web]\ncolour = \"red\"\n",
        "[wbe]\nlisten = 5\nmore = 6\n",
        "[dashboards]\n",
        "[web.listen]\nport = 80\n",
        "[[log]]\nlevel = \"infos\"\n",
        "interval = \"5s\"\n",
        "intervall = \"5s\"\n",
        "nonsense = 1\n",
        "web = true\n",
        "web.listn = \"*:80\"\n",
        "wbe.listen = \"*:80\"\n",
        "web.listen.port = 80\n",
        "web = { enabled = true, listn = 1 }\n",
        "[\"we\\u0007b\"]\n\"a\\u001b[31m\" = 1\n",
        "\"\" = 1\n",
        // Twice.
        "[web]\nenabled = true\nenabled = false\n",
        "[web]\nenabled = true\n\n[web]\n",
        // Values.
        "[sampling]\ninterval = 5\n",
        "[sampling]\ninterval = \"50ms\"\n",
        "[sampling]\ninterval = \"2h\"\n",
        "[sampling]\ninterval = \"1.5s\"\n",
        "[sampling]\ninterval = \"\"\n",
        "[sampling]\ninterval = true\n",
        "[sampling]\ninterval = [\"1s\"]\n",
        "[sampling]\ninterval = { s = 1 }\n",
        "[sampling]\ninterval = 2026-01-01\n",
        "[sampling]\ncpu_budget_percent = 200\n",
        "[sampling]\ncpu_budget_percent = \"1\"\n",
        "[sampling]\ncpu_budget_percent = nan\n",
        "[sampling]\nnetns = \"al\"\nsource = \"ss\"\n",
        "[web]\nenabled = \"yes\"\n",
        "[web]\nenabled = 0\n",
        "[web]\nlisten = \"localhost:80\"\n",
        "[web]\nlisten = \"::1:80\"\n",
        "[web]\nlisten = \":80\"\n",
        "[web]\nlisten = [\"127.0.0.1:80\", 8080]\n",
        "[web]\nlisten = []\n",
        "[web]\nlisten = \"127.0.0.1:65536\"\n",
        "[web]\nlisten = \"127.1:80\"\n",
        "[web]\ntoken_file = \"abcdefghijklmnopqrstuvwxyz\"\n",
        "[web]\nkey_file = \"-----BEGIN PRIVATE KEY-----\"\n",
        "[web]\nallowed_hosts = [\"https://monitor.example/\", \"ok.example\"]\n",
        "[web]\nallowed_hosts = \"monitor.example:11011\"\n",
        "[history]\nfile = \"history.db\"\n",
        "[history]\nfile = \"\"\n",
        "[history]\nsize_maximum = \"256MB\"\n",
        "[history]\nsize_maximum = \"1g\"\n",
        "[history]\nsize_maximum = \"1MiB\"\n",
        "[socket]\npath = \"/run/" + new string('x', 120) + "\"\n",
        "[socket]\ngroup = \"a group\"\n",
        "[socket]\ngroup = 999\n",
        "[log]\nlevel = \"warn\"\nformat = \"xml\"\n",
        // Together.
        "[web]\nlisten = [\"127.0.0.1:80\", \"*:80\"]\n",
        "[web]\ncertificate_file = \"/etc/tcplens/c.pem\"\n",
        "[web]\nkey_file = \"/etc/tcplens/k.pem\"\n",
        "[history]\nkeep_seconds = \"60d\"\n",
        "[history]\nkeep_hours = \"30d\"\n",
        "[thresholds]\naccept_queue_warning = 90\naccept_queue_critical = 80\n",
        "[thresholds]\nconntrack_warning = 95\n",
        "[thresholds]\noverflows_critical = 0.5\noverflows_warning = 0.6\n",
        "[thresholds]\nclose_wait_share = 200\n",
        "[thresholds]\nclose_wait_age = 60\n",
        "[alerts]\nwebhook = \"ftp://user:secret@host/secret\"\n",
        // No TOML.
        "[sampling]\ninterval = 1s\nnetns = own\nsource = \"auto\" # right\n",
        "[web\nenabled = true\n",
        "[]\n",
        "[sampling]\nnetns = own\n\n\n[web]\nenabled = no\n\n# end\n",
        "[web]\nlisten =\n",
        "[web]\nlisten\n",
        "[web]\nlisten: \"*:80\"\n",
        "[web]\nenabled = True\n",
        "[log]\nlevel = \"info\nformat = \"text\"\n",
        "[log]\nlevel = \"\"\"\ninfo\n",
        "[web]\nlisten = [\"127.0.0.1:80\"\n",
        "web = { enabled = true\nlisten = \"*:80\"\n",
        "[web]\ntoken_file = \"\\",
        "[web]\ntoken_file = \"C:\\token\"\n",
        "[sampling]\ncpu_budget_percent = 99999999999999999999\n",
        "= 1\n",
        "{ \"web\": { \"enabled\": true } }\n",
        "\u0001\u0002\n",
        "[web]\nlisten = " + new string('[', 100) + "\n",
        "[web]\nlisten = \"" + new string('x', 5000) + "\"\n",
        new string('\n', 10_000) + "[web]\n",
        // All at once, on the right lines whatever ends them.
        "\ufeff[sampling]\r\ninterval = 5\r\n[web]\r\nenabled = 1\r\n",
        "[web] # 注释\nlisten = \"监听\"\n",
    ];

    [Theory]
    [InlineData("en", Language.English)]
    [InlineData("zh", Language.Chinese)]
    public void Every_wrong_file_is_refused_with_the_words_as_committed(string name, Language language)
    {
        var page = new StringBuilder();
        foreach (string file in s_files)
        {
            var (loaded, problems) = Loading.Of(file);
            Assert.True(loaded is null, file);
            string shown = file.Length > 200 ? file[..60].TrimEnd() + "…\n" : file.Replace("\u0001\u0002", "\\u0001\\u0002", StringComparison.Ordinal);
            page.Append("| ").Append(shown.TrimEnd('\n').Replace("\r", "", StringComparison.Ordinal).Replace("\n", "\n| ", StringComparison.Ordinal)).Append('\n').Append(problems.Words.In(language)).Append("\n\n");
        }

        Golden.Match($"wrong-files.{name}", page.ToString());
    }

    [Fact]
    public void A_secret_that_stands_where_its_file_belongs_is_not_repeated()
    {
        const string Secret = "hunter2hunter2hunter2";
        string[] lines = [$"token_file = \"{Secret}\"", $"token_file = {Secret}", $"key_file = [\"{Secret}\"]", $"token = \"{Secret}\"", $"token_file = \"/x\" {Secret}", $"token_file = '{Secret}"];
        foreach (string line in lines)
        {
            var (loaded, problems) = Loading.Of($"[web]\n{line}\n", new Dictionary<string, string>(StringComparer.Ordinal) { ["TCPLENS_WEB_TOKEN_FILE"] = Secret, ["TCPLENS_WEB_TOKEN"] = Secret });
            Assert.Null(loaded);
            Assert.Equal(3, problems.Count);
            Assert.DoesNotContain(Secret, problems.Words.English + problems.Words.Chinese, StringComparison.Ordinal);
        }
    }

    /// <summary>Services put their secret into the path of an address, into its query, or before the host.</summary>
    [Theory]
    [InlineData("https://hooks.example/services/T0/hunter2", "https://hooks.example/...")]
    [InlineData("https://hooks.example:8443/?key=hunter2", "https://hooks.example:8443/...")]
    [InlineData("http://hunter2@127.0.0.1", "http://127.0.0.1/...")]
    [InlineData("http://u:hunter2@[::1]:80/#hunter2", "http://[::1]/...")]
    [InlineData("https://hooks.example", "https://hooks.example")]
    [InlineData("", "")]
    public void Of_an_address_that_is_told_only_the_host_is_shown(string address, string shown)
    {
        var loaded = Loading.Good($"[alerts]\nwebhook = \"{address}\"\n");
        Assert.Equal(address, loaded.Settings.Alerts.Webhook);
        string page = EffectiveFile.Render(loaded, Language.English) + string.Concat(Settings.Differences(new Settings(), loaded.Settings).Select(one => one.New));
        Assert.Contains($"webhook = \"{shown}\"", page, StringComparison.Ordinal);
        var json = new System.Buffers.ArrayBufferWriter<byte>();
        EffectiveJson.Write(loaded, json);
        Assert.Contains($"\"value\": \"{shown}\"", Encoding.UTF8.GetString(json.WrittenSpan), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", page + Encoding.UTF8.GetString(json.WrittenSpan), StringComparison.Ordinal);
        // Another secret at the same host is another setting.
        if (address != shown)
            Assert.Single(Settings.Differences(loaded.Settings, loaded.Settings with { Alerts = loaded.Settings.Alerts with { Webhook = shown } }));
    }

    [Fact]
    public void Of_very_many_errors_the_first_are_said_and_the_others_counted()
    {
        var (_, problems) = Loading.Of(string.Concat(Enumerable.Range(1, 1000).Select(i => $"unknown{i} = {i}\n")));
        Assert.Equal(1000, problems.Count);
        Assert.Equal(SettingProblems.Max, problems.All.Length);
        Assert.EndsWith("\nand 980 more", problems.Words.English, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_not_UTF8_is_said_with_its_place()
    {
        var loader = new SettingsLoader();
        loader.Take("[web]\nx = \"é"u8.ToArray().Concat(new byte[] { 0xe4, 0x22 }).ToArray(), Loading.FileName);
        Assert.Equal("tcplens.toml:2:7: this is not UTF-8: save the file in that encoding", loader.Problems.Words.English);
    }

    [Fact]
    public void A_file_that_must_be_there_is_missed_and_the_usual_one_is_not()
    {
        string missing = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString());
        Assert.Equal($"{missing}: no such file", Read(missing, mayBeAbsent: false));
        Assert.Equal("", Read(missing, mayBeAbsent: true));
        Assert.Equal("'': no such file", Read("", mayBeAbsent: false));
        Assert.Equal($"{Path.GetTempPath()}: is a directory: a file is needed", Read(Path.GetTempPath(), mayBeAbsent: true));
    }

    [Fact]
    public void A_file_of_more_than_a_mebibyte_is_no_configuration()
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, string.Concat(Enumerable.Repeat("# comment\n", (ConfigurationFile.BytesMax / 10) + 1)));
        Assert.Equal($"{path}: longer than 1024 KiB: this is no configuration of tcplens", Read(path, mayBeAbsent: true));
        File.Delete(path);
    }

    private static string Read(string path, bool mayBeAbsent)
    {
        var loader = new SettingsLoader();
        loader.ReadFile(path, mayBeAbsent);
        return loader.Problems.Count == 0 ? "" : loader.Problems.Words.English;
    }
}
