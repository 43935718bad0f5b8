using System.Collections.Immutable;
using System.CommandLine;
using TcpLens.CommandLine;
using TcpLens.Configuration;
using TcpLens.Core.Text;

namespace TcpLens.Commands;

/// <summary>The options of one command that set settings, and the loading of the settings with what was typed.</summary>
internal sealed class SettingOptions
{
    private readonly ImmutableArray<(SettingDefinition Setting, SettingFlag Flag, Option Option)> _flags;

    /// <summary>Makes the options.</summary>
    /// <param name="flags">The settings that the command line can set, and by what.</param>
    public SettingOptions(IEnumerable<(SettingDefinition Setting, SettingFlag Flag)> flags)
    {
        _flags = [.. flags.Select(one => (one.Setting, one.Flag, OptionOf(one.Setting, one.Flag)))];
        All = [Config, .. _flags.Select(one => one.Option)];
    }

    public static ValueOption Config { get; } = new(
        "--config", "FILE", new($"the configuration file (default: {Settings.DefaultFile}, if it is there)", $"配置文件（默认为 {Settings.DefaultFile}，如果存在）"));

    /// <summary>Those of <c>tcplens serve</c>.</summary>
    public static SettingOptions Serve { get; } = new(SettingTable.All.Where(setting => setting.Flag is not null).Select(setting => (setting, setting.Flag!)));

    /// <summary>What the command takes: the file, and the settings that have an option.</summary>
    public ImmutableArray<Option> All { get; }

    /// <summary>The settings in force: file, environment, then the options of this command line, as far as its command takes them.</summary>
    /// <exception cref="UsageException">Something in them is wrong.</exception>
    public LoadedSettings Load(ParseResult parsed, Surroundings around) =>
        TryLoad(parsed, around, out var problems) ?? throw new UsageException(Summary(problems));

    /// <summary>The same for who goes on with the settings before (SIGHUP): <see langword="null"/> when something is wrong.</summary>
    public LoadedSettings? TryLoad(ParseResult parsed, Surroundings around, out SettingProblems problems)
    {
        string? file = Config.TypedIn(parsed);
        return Settings.TryLoad(file is { Length: > 0 } ? Path.GetFullPath(file) : file, around.Variables(EnvironmentSettings.Prefix), Overrides(parsed), out var loaded, out problems) ? loaded : null;
    }

    /// <summary>All problems below a line that counts them; one alone is a line by itself.</summary>
    public static Phrase Summary(SettingProblems problems) => problems.Count == 1
        ? problems.Words
        : new Phrase("{0} errors in the configuration\n", "配置中有 {0} 处错误\n").With(problems.Count).Then(problems.Words);

    private ImmutableArray<SettingOverride> Overrides(ParseResult parsed) =>
    [
        .. from one in _flags
           let result = parsed.GetResult(one.Option)
           where result is { Implicit: false }
           let typed = one.Flag.ValueName is null ? one.Flag.StandsFor : ((ValueOption)one.Option).TypedIn(parsed) ?? ""
           select new SettingOverride(one.Setting, one.Flag.Name, one.Setting.IsPath && typed.Length > 0 && !typed.Contains('\0') ? Path.GetFullPath(typed) : typed),
    ];

    private static Option OptionOf(SettingDefinition setting, SettingFlag flag)
    {
        if (flag.ValueName is not { } name)
            return new SwitchOption(flag.Name, new Phrase("{0} = {1}", "{0} = {1}").With(setting.Name, flag.StandsFor));
        var summary = setting.Summary.Then(new Phrase(" (default: {0})", "（默认为 {0}）").With(setting.ToToml(new Settings()).Trim('"')));
        return new ValueOption(flag.Name, name, summary) { Values = setting.Choices };
    }
}
