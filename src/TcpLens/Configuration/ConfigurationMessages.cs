using TcpLens.Core.Text;

namespace TcpLens.Configuration;

/// <summary>What is said of mistakes in the configuration: what was found, what is allowed, and the nearest right word.</summary>
internal static class ConfigurationMessages
{
    public static Phrase Wrong(string name, Phrase found, Phrase expected, string? meant)
    {
        var wrong = new Phrase("{0} cannot be {1}: expected {2}", "{0} 不能是{1}，应为：{2}").With(name, found, expected);
        return meant is null ? wrong : wrong.Then(new Phrase("; did you mean {0}?", "；是否想写 {0}？").With(meant));
    }

    public static Phrase WrongHidden(string name, Phrase expected) =>
        new Phrase("{0} cannot be this value: expected {1}", "{0} 的值无效，应为：{1}").With(name, expected);

    public static Phrase UnknownSection(string name)
    {
        var unknown = new Phrase("unknown section [{0}]", "未知的节 [{0}]").With(RawValue.Printable(name));
        return Nearest.Find(name, SettingTable.SectionNames) is { } nearest
            ? unknown.Then(new Phrase(": did you mean [{0}]?", "，是否想写 [{0}]？").With(nearest))
            : unknown.Then(new Phrase("; known: {0}", "；可用：{0}").With(string.Join(", ", SettingTable.SectionNames.Select(one => $"[{one}]"))));
    }

    public static Phrase UnknownKey(SettingSection section, string key)
    {
        var unknown = new Phrase("unknown setting '{0}' in [{1}]", "[{1}] 中没有设置项“{0}”").With(RawValue.Printable(key), section.Name);
        if (Nearest.Find(key, section.Keys) is { } nearest)
            return unknown.Then(new Phrase(": did you mean '{0}'?", "，是否想写“{0}”？").With(nearest));
        return SettingTable.All.FirstOrDefault(setting => setting.Key == key) is { } elsewhere
            ? unknown.Then(new Phrase(": it belongs into [{0}]", "，它属于 [{0}]").With(elsewhere.Section))
            : unknown.Then(new Phrase("; known: {0}", "；可用：{0}").With(string.Join(", ", section.Keys)));
    }

    public static Phrase NoSection(string key)
    {
        var unknown = new Phrase("'{0}' stands in no section", "“{0}”不在任何节中").With(RawValue.Printable(key));
        string? nearest = Nearest.Find(key, SettingTable.All.Select(setting => setting.Key));
        return SettingTable.All.FirstOrDefault(setting => setting.Key == nearest) is { } setting
            ? unknown.Then(new Phrase(": write {0} below [{1}]", "，请把 {0} 写在 [{1}] 之下").With(setting.Key, setting.Section))
            : unknown.Then(new Phrase("; known: {0}", "；可用：{0}").With(string.Join(", ", SettingTable.SectionNames.Select(one => $"[{one}]"))));
    }

    public static Phrase SectionAsValue(string section) => new Phrase("[{0}] is a section: write [{0}] on a line of its own", "[{0}] 是节，请单独一行写 [{0}]").With(section);

    public static Phrase SectionAsList(string section) => new Phrase("there is one section [{0}]: write it with single brackets", "节 [{0}] 只有一个，请用单层方括号").With(RawValue.Printable(section));

    public static Phrase SectionTwice(string section, int line) => new Phrase("section [{0}] is there already, in line {1}", "节 [{0}] 已在第 {1} 行出现").With(section, line);

    public static Phrase SettingTwice(string name, int line) => new Phrase("{0} is set already, in line {1}", "{0} 已在第 {1} 行设置").With(name, line);

    /// <summary>A variable of the form <c>TCPLENS_SECTION_KEY</c>.</summary>
    public static Phrase UnknownVariable(SettingSection section, string variable)
    {
        var unknown = new Phrase("unknown environment variable", "未知的环境变量");
        string? nearest = Nearest.Find(variable.Split('_', 3)[2], section.Keys);
        return section.Settings.FirstOrDefault(setting => setting.Key == nearest) is { } meant
            ? unknown.Then(new Phrase(": did you mean {0}?", "，是否想写 {0}？").With(meant.Environment))
            : unknown.Then(new Phrase("; known: {0}", "；可用：{0}").With(string.Join(", ", section.Settings.Select(setting => setting.Environment))));
    }

    public static Phrase NoFile() => new("no such file", "文件不存在");

    public static Phrase Unreadable() => new("cannot be read: check its permissions and those of its directories", "无法读取：请检查该文件及其所在目录的权限");

    public static Phrase NoRegularFile() => new("is a directory: a file is needed", "是目录，应为文件");

    public static Phrase TooLong(int bytes) => new Phrase("longer than {0} KiB: this is no configuration of tcplens", "超过 {0} KiB：这不是 tcplens 的配置文件").With(bytes >> 10);

    public static Phrase LineTooLong(int characters) => new Phrase("this line is longer than {0} characters", "该行超过 {0} 个字符").With(characters);

    public static Phrase TooManyLines(int lines) => new Phrase("more than {0} lines: this is no configuration of tcplens", "超过 {0} 行：这不是 tcplens 的配置文件").With(lines);

    public static Phrase NotUtf8() => new("this is not UTF-8: save the file in that encoding", "不是 UTF-8 编码：请以 UTF-8 保存该文件");

    public static Phrase TooDeep() => new("lists or tables nested too deep: no setting needs that", "列表或表嵌套过深：任何设置都不需要如此");
}
