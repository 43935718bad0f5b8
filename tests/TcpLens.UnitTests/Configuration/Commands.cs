using TcpLens.Configuration;
using TcpLens.Core.Text;
using TcpLens.TestKit;
using TcpLens.UnitTests.CommandLine;
using Xunit;

namespace TcpLens.UnitTests.Configuration;

/// <summary><c>tcplens config</c> as it is typed.</summary>
[Collection(CommandRun.Collection)]
public sealed class Commands : IDisposable
{
    private const string Good = """
        # A site's own.
        [sampling]
        interval = "5s"
        [web]
        listen = ["127.0.0.1:11011", "[::1]:11011"]
        allowed_hosts = ["monitor.example"]
        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("tcplens").FullName;

    private string ConfigurationPath => Path.Combine(_directory, "tcplens.toml");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public void The_settings_in_force_are_shown_as_committed(string language) => Golden.Match($"show.{language}", Run(Good, language, "show").Good().Replace(_directory, "DIR", StringComparison.Ordinal));

    [Fact]
    public void For_programs_they_are_JSON_in_any_language()
    {
        string json = Run(Good, "zh", "show", "--json").Good();
        Assert.Equal(json, Run(Good, "en", "show", "--json").Good());
        Golden.Match("show.json", json.Replace(_directory, "DIR", StringComparison.Ordinal));
    }

    [Fact]
    public void The_example_is_printed_in_the_language_of_the_reader()
    {
        Assert.Equal(ExampleFile.Render(Language.English), CommandRun.Of(new FakeKernel(), "config", "example").Good());
        Assert.Equal(ExampleFile.Render(Language.Chinese), CommandRun.Of(new FakeKernel(), "config", "example", "--lang", "zh").Good());
    }

    [Fact]
    public void A_good_configuration_is_said_to_be_in_order_with_what_was_read()
    {
        Assert.Equal($"{ConfigurationPath}: in order; 3 settings from the file, 1 from the environment, 22 by default\n", Run(Good, "en", "check").Good());
        Assert.Equal($"{ConfigurationPath}：正确；文件设置 3 项，环境变量设置 1 项，默认值 22 项\n", Run(Good, "zh", "check").Good());
    }

    [Theory]
    [InlineData("check")]
    [InlineData("show")]
    public void A_wrong_one_is_refused_with_all_errors(string command)
    {
        Assert.Equal(
            $"tcplens: 2 errors in the configuration\n{ConfigurationPath}:1:2: unknown section [wbe]: did you mean [web]?\n"
            + $"{ConfigurationPath}:3:9: [log] level cannot be 'loud': expected \"debug\", \"info\", \"warning\" or \"error\"\ntcplens config {command} --help\n",
            Run("[wbe]\n[log]\nlevel = \"loud\"\n", "en", command).Refused());
    }

    [Theory]
    [InlineData("0123456789abcdef\n", UnixFileMode.UserRead | UnixFileMode.GroupRead, null)]
    [InlineData("0123456789abcdef\n", UnixFileMode.UserRead | UnixFileMode.OtherRead, "other users can read or write it: chmod o-rwx {0}")]
    [InlineData("0123456789abcdef\n", UnixFileMode.UserRead | UnixFileMode.OtherWrite, "other users can read or write it: chmod o-rwx {0}")]
    [InlineData("short\n", UnixFileMode.UserRead, "it must hold one token of 16 to 512 printable characters without spaces: head -c 32 /dev/urandom | base64 > {0}")]
    [InlineData("two words of a token\n", UnixFileMode.UserRead, "it must hold one token of 16 to 512 printable characters without spaces: head -c 32 /dev/urandom | base64 > {0}")]
    [InlineData(null, UnixFileMode.None, "no such file")]
    public void The_file_of_the_token_is_read_too(string? token, UnixFileMode mode, string? problem)
    {
        string path = Path.Combine(_directory, "token");
        if (token is not null)
        {
            File.WriteAllText(path, token);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, mode);
        }

        var run = Run($"[web]\nlisten = \"*:11011\"\ntoken_file = \"{path}\"\n", "en", "check");
        Assert.Equal(problem is null ? "" : $"tcplens: {ConfigurationPath}:3:1: [web] token_file: {path}: {string.Format(problem, path)} (tcplens config check --help)\n", run.Error);
        Assert.Equal(problem is null ? 0 : 2, run.Code);
        Assert.Equal(problem is null, TokenFile.TryRead(path, out string? read, out _));
        Assert.Equal(problem is null ? token!.Trim() : null, read);
    }

    private CommandRun Run(string file, string language, params string[] words)
    {
        File.WriteAllText(ConfigurationPath, file);
        var world = new CommandRun.World { Environment = new(StringComparer.Ordinal) { ["LANG"] = language, ["TCPLENS_LOG_LEVEL"] = "debug" } };
        return CommandRun.In(world, new FakeKernel(), ["config", .. words, "--config", ConfigurationPath]);
    }
}
