using System.Buffers;
using System.Text;
using TcpLens.Agents;
using TcpLens.Core.Text;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.UnitTests.Zabbix;

public sealed class Comparing : IDisposable
{
    private static readonly (string Key, int Recipe, int Ours)[] s_mixed =
    [
        ("LISTEN", 0, 13), ("SYN_SENT", 5, 5), ("SYN_RECV", 13, 13), ("ESTABLISHED", 87, 80), ("FIN_WAIT1", 0, 0), ("FIN_WAIT2", 7, 7), ("CLOSE_WAIT", 7, 7),
        ("CLOSING", 0, 0), ("LAST_ACK", 0, 0), ("TIME_WAIT", 124, 109), ("CLOSE", 7, 0),
    ];

    private readonly AgentTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Each_key_is_shown_with_what_will_change_and_why()
    {
        _tree.Write("/usr/bin/netstat", "");
        const string Warning = "(Not all processes could be identified, non-owned process info\n will not be shown, you would have to be root to see it all.)\n";
        Match("compare", RecipeComparison.Make(Host(Warning, isRoot: false), "/bin:/usr/bin"));
        Match("compare-root", RecipeComparison.Make(Host("", isRoot: true), null));
    }

    [Fact]
    public void As_another_user_both_are_run_by_that_user()
    {
        _tree.Write("/usr/bin/netstat", "");
        var ran = new List<string>();
        var host = Host("(Not all processes could be identified)\n", isRoot: true, ran);
        Match("compare-as", RecipeComparison.Make(host, "/usr/bin", new UserAccount("zabbix", 110, 115, [])));
        Assert.All(ran, line => Assert.StartsWith("setpriv --reuid=110 --regid=115 --clear-groups -- ", line));
    }

    [Fact]
    public void Without_netstat_the_new_values_are_shown_all_the_same() =>
        Match("compare-without-netstat", RecipeComparison.Make(Host("", isRoot: false), "/bin:/usr/bin"));

    [Fact]
    public void The_same_number_is_not_called_right_where_the_recipe_is_wrong_by_its_making()
    {
        foreach (var state in Core.Model.TcpStates.All)
            Assert.Equal(state.Linux is "LISTEN" or "CLOSE" or "ESTABLISHED", RecipeFlaws.Why(state.State, 0, 0).English != "the same");
    }

    private AgentHost Host(string warning, bool isRoot, List<string>? ran = null) => new()
    {
        Root = _tree.Root,
        Binary = "/usr/bin/tcplens",
        IsRoot = isRoot,
        Programs = new FakePrograms(line =>
        {
            ran?.Add(line);
            return line.Contains("/bin/sh", StringComparison.Ordinal)
                ? $"{s_mixed.First(one => line.EndsWith($" {one.Key} -c", StringComparison.Ordinal)).Recipe}\n"
                : $"{s_mixed.First(one => line.EndsWith($" {one.Key}", StringComparison.Ordinal)).Ours}\n";
        })
        {
            Error = warning,
        },
    };

    private static void Match(string name, RecipeComparison comparison)
    {
        Golden.Match($"{name}.en", ComparisonPage.Render(comparison, Language.English, 80));
        Golden.Match($"{name}.zh", ComparisonPage.Render(comparison, Language.Chinese, 80));
        var json = new ArrayBufferWriter<byte>();
        ComparisonJson.Write(comparison, json);
        Golden.Match($"{name}.json", Encoding.UTF8.GetString(json.WrittenSpan));
    }
}
