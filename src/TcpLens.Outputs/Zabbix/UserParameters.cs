using System.Collections.Immutable;
using System.Text;
using TcpLens.Core.Text;

namespace TcpLens.Outputs.Zabbix;

/// <summary>
/// The user parameters that either agent needs. Agents allow no quotes, brackets or shell characters in a parameter, so that the
/// line of <c>tcplens.state</c> cannot be made to run anything else.
/// </summary>
public static class UserParameters
{
    /// <summary>Every key with the command that answers it, for the program at the path <paramref name="program"/>.</summary>
    public static ImmutableArray<(string Key, string Command)> Of(string program) => [.. Recipe(program), .. Own(program)];

    /// <summary>The lines that make the agent call the program at <paramref name="program"/>, with a comment in <paramref name="language"/>.</summary>
    public static string Render(string program, Language language)
    {
        var text = new StringBuilder();
        text.Append(language == Language.Chinese
            ? "# TcpLens：全部十一种 TCP 状态，一次读取得到精确数值。\n# 与 netstat 配方同名的键；原有模板与历史数据无需改动：\n"
            : "# TcpLens: the exact number of TCP sockets in all eleven states.\n# The keys of the netstat recipe, by the same names; templates and history go on:\n");
        Append(text, Recipe(program));
        text.Append(language == Language.Chinese ? "# TcpLens 模板使用的键：\n" : "# The keys of TcpLens' own templates:\n");
        Append(text, Own(program));
        return text.ToString();
    }

    private static IEnumerable<(string Key, string Command)> Recipe(string program) =>
        RecipeKeys.All.Select(key => (key, Get(program, key)));

    private static IEnumerable<(string Key, string Command)> Own(string program) =>
    [
        (KeyNames.States, Get(program, KeyNames.States)),
        (KeyNames.State + "[*]", Get(program, $"\"{KeyNames.State}[$1,$2,$3,$4,$5,$6]\"")),
        (KeyNames.Findings, Get(program, KeyNames.Findings)),
        (KeyNames.Ports, Get(program, KeyNames.Ports)),
        (KeyNames.Namespaces, Get(program, KeyNames.Namespaces)),
        (KeyNames.Services, Get(program, KeyNames.Services)),
    ];

    private static string Get(string program, string argument) => $"{Quoted(program)} zabbix get {argument}";

    // The agents hand the command to a shell.
    private static string Quoted(string path) =>
        path.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' or '_' or '-' or '+') ? path : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static void Append(StringBuilder text, IEnumerable<(string Key, string Command)> parameters)
    {
        foreach (var (key, command) in parameters)
            text.Append("UserParameter=").Append(key).Append(',').Append(command).Append('\n');
    }
}
