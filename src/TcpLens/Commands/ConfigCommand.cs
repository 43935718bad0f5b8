using System.CommandLine;
using TcpLens.CommandLine;
using TcpLens.Configuration;
using TcpLens.Core.Text;

namespace TcpLens.Commands;

/// <summary><c>tcplens config</c>: the configuration of the resident monitor, checked, shown and explained.</summary>
internal static class ConfigCommand
{
    private static readonly SwitchOption s_json = new("--json", new("one JSON document", "输出一个 JSON 文档"));

    public static DescribedCommand Create(Surroundings around)
    {
        var config = new DescribedCommand("config", new("the configuration of the resident monitor", "常驻进程的配置"))
        {
            Details = new Phrase(
                "One file in TOML ({0}, or --config FILE), then environment variables (TCPLENS_SECTION_KEY, such as {1}), then the options of tcplens serve: what comes later wins.",
                "一个 TOML 文件（{0}，或 --config FILE 指定的文件），然后是环境变量（TCPLENS_SECTION_KEY，例如 {1}），最后是 tcplens serve 的选项：后者优先。")
                .With(Settings.DefaultFile, SettingTable.Find("web", "listen").Environment),
        };
        config.Add(Check(around));
        config.Add(Show(around));
        config.Add(Example(around));
        return config;
    }

    private static DescribedCommand Check(Surroundings around)
    {
        var command = new DescribedCommand("check", new("find everything that is wrong in the configuration", "检查配置中的所有错误"))
        {
            Details = new(
                "Reads file and environment as the monitor does, and the files that they name. Each error is a line with place, what was found and what is allowed. Exit code 2 when there is one.",
                "按常驻进程的方式读取文件和环境变量，以及其中指定的文件。每个错误一行，给出位置、发现的值和允许的取值。有错误时退出码为 2。"),
            Examples = [new("tcplens config check --config new.toml", new("before it is put in place", "在启用之前检查"))],
        };
        command.Add(SettingOptions.Config);
        command.SetAction(parsed => RunCheck(parsed, around));
        return command;
    }

    private static DescribedCommand Show(Surroundings around)
    {
        var command = new DescribedCommand("show", new("the settings in force and where each comes from", "显示生效的设置及其来源"))
        {
            Examples = [new("tcplens config show | grep -v default", new("what is not as it came", "只看与默认不同的设置"))],
        };
        command.Add(SettingOptions.Config);
        command.Add(s_json);
        command.SetAction(parsed => RunShow(parsed, around));
        return command;
    }

    private static DescribedCommand Example(Surroundings around)
    {
        var command = new DescribedCommand("example", new("a commented file with every setting", "打印包含所有设置、带注释的示例文件"))
        {
            Examples = [new($"tcplens config example > {Settings.DefaultFile}", new("to begin with", "作为起点"))],
        };
        command.SetAction(parsed =>
        {
            var session = Session.Of(parsed, around);
            session.Print(ExampleFile.Render(session.Language));
            return ExitCode.Success;
        });
        return command;
    }

    private static int RunCheck(ParseResult parsed, Surroundings around)
    {
        var session = Session.Of(parsed, around);
        var loaded = SettingOptions.Serve.Load(parsed, around);
        var problems = new SettingProblems();
        NamedFiles.Check(loaded, problems);
        if (problems.Count > 0)
            throw new UsageException(SettingOptions.Summary(problems));
        var what = loaded.File is { } file
            ? Phrase.Same(RawValue.Printable(file))
            : new Phrase("no file ({0} is not there)", "没有配置文件（{0} 不存在）").With(Settings.DefaultFile);
        var counts = new Phrase(
            "{0} settings from the file, {1} from the environment, {2} by default", "文件设置 {0} 项，环境变量设置 {1} 项，默认值 {2} 项")
            .With(From(loaded, OriginKind.File), From(loaded, OriginKind.Environment), From(loaded, OriginKind.Default));
        session.Print(new Phrase("{0}: in order; {1}\n", "{0}：正确；{1}\n").With(what, counts).In(session.Language));
        return ExitCode.Success;
    }

    private static int RunShow(ParseResult parsed, Surroundings around)
    {
        var session = Session.Of(parsed, around);
        var loaded = SettingOptions.Serve.Load(parsed, around);
        if (parsed.GetValue(s_json))
            session.Print(output => EffectiveJson.Write(loaded, output));
        else
            session.Print(EffectiveFile.Render(loaded, session.Language));
        return ExitCode.Success;
    }

    private static int From(LoadedSettings loaded, OriginKind kind) => SettingTable.All.Count(setting => loaded.OriginOf(setting).Kind == kind);
}
