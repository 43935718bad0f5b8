using System.Text;
using TcpLens.Core.Text;
using TcpLens.Outputs.Terminal;

namespace TcpLens.Agents;

/// <summary>What <c>tcplens zabbix compare</c> prints: 80 columns in both languages.</summary>
internal static class ComparisonPage
{
    private const int KeyWidth = 12;
    private const int NumberWidth = 8;
    private const int Indent = KeyWidth + (2 * NumberWidth) + 2;

    public static string Render(RecipeComparison comparison, Language language, int columns)
    {
        var page = new PageText(language, columns);
        bool chinese = language == Language.Chinese;
        page.Row(
            Row(chinese ? "键" : "KEY", chinese ? "配方" : "RECIPE", "TCPLENS"), Indent, new Phrase("WHAT CHANGES AND WHY", "有何变化及原因"));
        foreach (var one in comparison.Keys)
            page.Row(Row(one.Key, Number(one.Old), Number(one.New)), Indent, one.Why);
        page.Blank();
        if (comparison.Netstat is null)
        {
            page.Line(new Phrase(
                "* netstat is not installed, and the recipe's keys are 0 or text. To compare: apt install net-tools",
                "* 未安装 netstat，配方的键只能得到 0 或文本。如需比较：apt install net-tools"));
        }
        else
        {
            page.Line(new Phrase("* time of the {0} keys: recipe {1} ms, TcpLens {2} ms", "* {0} 个键的总耗时：配方 {1} 毫秒，TcpLens {2} 毫秒").With(
                comparison.Keys.Count, Milliseconds(comparison.OldTook), Milliseconds(comparison.NewTook)));
            AppendWarning(page, comparison);
        }

        if (comparison.User is { } user)
            page.Line(new Phrase("* both ran as user {0}", "* 两者均以用户 {0} 运行").With(user));
        page.Line(new Phrase(
            "* the item keys, their history and their triggers stay; the switch: tcplens zabbix install",
            "* 监控项键、历史数据和触发器都保留；切换命令：tcplens zabbix install"));
        return page.ToString();
    }

    private static void AppendWarning(PageText page, RecipeComparison comparison)
    {
        if (comparison.Warning.Length > 0)
        {
            page.Line(new Phrase(
                "* netstat -p warns on standard error: \"{0}\". The agents take that into the value of every key, and a numeric item becomes not supported. TcpLens writes the number alone.",
                "* netstat -p 会在标准错误输出警告：“{0}”。agent 会把它并入每个键的值，数字型监控项因此变为不支持。TcpLens 只输出数字。").With(comparison.Warning));
        }
        else if (comparison.IsRoot)
        {
            page.Line(new Phrase(
                "* you are root; as the agent's user netstat -p also warns on standard error, and numeric items become not supported. To see it: tcplens zabbix compare --as zabbix",
                "* 当前为 root；以 agent 用户运行时 netstat -p 还会在标准错误输出警告，使数字型监控项变为不支持。可这样查看：tcplens zabbix compare --as zabbix"));
        }
    }

    private static string Row(string key, string old, string now) =>
        new StringBuilder(TextLayout.PadRight(key, KeyWidth)).Append(TextLayout.PadLeft(old, NumberWidth)).Append(TextLayout.PadLeft(now, NumberWidth)).ToString();

    private static string Number(long? number) => number is { } known ? known.ToString(System.Globalization.CultureInfo.InvariantCulture) : "-";

    private static string Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
