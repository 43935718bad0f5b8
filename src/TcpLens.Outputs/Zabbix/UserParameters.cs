using System.Text;
using TcpLens.Core.Text;

namespace TcpLens.Outputs.Zabbix;

/// <summary>
/// The drop-in file for either agent's configuration. Agents allow no quotes, brackets or shell characters in a parameter, so that the
/// line of <c>tcplens.state</c> cannot be made to run anything else.
/// </summary>
public static class UserParameters
{
    /// <summary>The lines that make the agent call the program at <paramref name="program"/>, with a comment in <paramref name="language"/>.</summary>
    public static string Render(string program, Language language)
    {
        var text = new StringBuilder();
        text.Append(language == Language.Chinese
            ? "# TcpLens：全部十一种 TCP 状态，一次读取得到精确数值。\n# 与 netstat 配方同名的键；原有模板与历史数据无需改动：\n"
            : "# TcpLens: the exact number of TCP sockets in all eleven states.\n# The keys of the netstat recipe, by the same names; templates and history go on:\n");
        foreach (string key in RecipeKeys.All)
            Append(text, key, program, key);
        text.Append(language == Language.Chinese ? "# TcpLens 模板使用的键：\n" : "# The keys of TcpLens' own templates:\n");
        Append(text, KeyNames.States, program, KeyNames.States);
        Append(text, KeyNames.State + "[*]", program, $"\"{KeyNames.State}[$1,$2,$3,$4,$5,$6]\"");
        Append(text, KeyNames.Ports, program, KeyNames.Ports);
        Append(text, KeyNames.Namespaces, program, KeyNames.Namespaces);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string key, string program, string argument) =>
        text.Append("UserParameter=").Append(key).Append(',').Append(program).Append(" zabbix get ").Append(argument).Append('\n');
}
